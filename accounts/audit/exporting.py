"""The trail as a file, written as it is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from accounts.audit.filters import Filters, before
from accounts.audit.rows import AuditEntry
from chatbot import row_files
from chatbot.row_files import AT_ONCE, FORMS, Row

__all__ = ["FORMS", "written"]
COLUMNS = ["at", "who", "action", "app", "kind", "key", "label", "before", "after", "address", "via"]


def written(filters: Filters, form: str) -> AsyncIterator[str]:
    return row_files.written(partial(_page, filters), form, COLUMNS)


def _page(filters: Filters, last: int | None) -> tuple[list[Row], int | None]:
    entries = list(before(filters.chosen(), last or 0)[:AT_ONCE])
    return [_facts(entry) for entry in entries], entries[-1].pk if entries else None


def _facts(entry: AuditEntry) -> dict[str, Any]:
    facts = {name: getattr(entry, name) for name in COLUMNS if name not in ("at", "who")}
    facts |= {"at": entry.at.isoformat(), "who": entry.who_name}
    return {name: facts[name] for name in COLUMNS}
