"""The trail as a file, written as it is read: a million entries need no more memory than a thousand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from asgiref.sync import sync_to_async

from accounts.audit.filters import Filters, before
from accounts.audit.rows import AuditEntry

AT_ONCE = 1_000
COLUMNS = ["at", "who", "action", "app", "kind", "key", "label", "before", "after", "address", "via"]
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


async def written(filters: Filters, form: str) -> AsyncIterator[str]:
    write: Callable[[list[AuditEntry]], str] = {"csv": _as_csv, "jsonl": _as_jsonl}[form]
    if form == "csv":
        yield ",".join(COLUMNS) + "\r\n"
    last = 0
    while page := await sync_to_async(_page)(filters, last):
        last = page[-1].pk
        yield write(page)


def _page(filters: Filters, last: int) -> list[AuditEntry]:
    return list(before(filters.chosen(), last)[:AT_ONCE])


def _as_jsonl(page: list[AuditEntry]) -> str:
    return "".join(f"{json.dumps(_facts(entry), ensure_ascii=False)}\n" for entry in page)


def _as_csv(page: list[AuditEntry]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in _facts(entry).values()] for entry in page)
    return text.getvalue()


def _facts(entry: AuditEntry) -> dict[str, Any]:
    facts = {name: getattr(entry, name) for name in COLUMNS if name not in ("at", "who")}
    facts |= {"at": entry.at.isoformat(), "who": entry.who_name}
    return {name: facts[name] for name in COLUMNS}


def _cell(value: Any) -> str:
    """A spreadsheet must not take words for a formula."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
