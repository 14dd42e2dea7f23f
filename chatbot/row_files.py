"""Rows as a file, CSV or JSONL, written as they are read: a million need no more memory than a thousand.

A row is a mapping; the first one's names head the columns, unless they are given.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse

AT_ONCE = 1_000  # rows that are read in one go
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet begins to reckon at
Row = Mapping[str, Any]
Page = Callable[[Any], tuple[list[Row], Any]]


async def written(page: Page, form: str, columns: Sequence[str] = ()) -> AsyncIterator[str]:
    """`page` takes the place after which it begins, None for the beginning, and gives its rows with the place
    where they end; None there: nothing comes after them."""
    if columns and form == "csv":
        yield ",".join(columns) + "\r\n"
    last = None
    while True:
        rows, last = await sync_to_async(page)(last)
        yield as_text(rows, form, columns)
        columns = columns or tuple(rows[0] if rows else ())
        if last is None:
            return


def as_text(rows: Sequence[Row], form: str, columns: Sequence[str] = ()) -> str:
    """Without columns it begins with those of the first row."""
    if form == "jsonl":
        return "".join(f"{json.dumps(row, ensure_ascii=False, default=_plain)}\n" for row in rows)
    text = io.StringIO()
    writer = csv.writer(text)
    if rows and not columns:
        columns = tuple(rows[0])
        writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return text.getvalue()


def cell(value: Any) -> str:
    """A spreadsheet must not take words for a formula; a number below zero is none."""
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else _plain(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text


def response(rows: AsyncIterator[str], *, name: str, form: str) -> StreamingHttpResponse:
    """The file as a browser keeps it."""
    found = StreamingHttpResponse(rows, content_type=FORMS[form])
    found["Content-Disposition"] = f'attachment; filename="{name}"'
    return found


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
