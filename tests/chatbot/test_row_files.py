"""Rows as files: what a spreadsheet reads is what was there, and no formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from asgiref.sync import async_to_sync
from hypothesis import given
from hypothesis import strategies as st

from chatbot import row_files
from chatbot.row_files import FORMULA, Row, as_text

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
ROWS = st.lists(st.fixed_dictionaries({"words": WORDS, "number": st.integers() | st.none()}))


def whole(page: Any, form: str, columns: tuple[str, ...] = ()) -> str:
    async def gathered() -> str:
        return "".join([part async for part in row_files.written(page, form, columns)])

    return str(async_to_sync(gathered)())


@given(ROWS)
def test_a_table_holds_what_was_given_and_no_formula(rows: list[Row]) -> None:
    read = list(csv.DictReader(io.StringIO(as_text(rows, "csv"), newline="")))
    assert [row["words"].removeprefix("'") for row in read] == [
        row["words"].removeprefix("'") for row in rows
    ]
    assert not any(row["words"].startswith(FORMULA) for row in read)
    assert [row["number"] for row in read] == [
        "" if one["number"] is None else str(one["number"]) for one in rows
    ]


@given(ROWS)
def test_lines_hold_exactly_what_was_given(rows: list[Row]) -> None:
    assert [json.loads(line) for line in as_text(rows, "jsonl").split("\n")[:-1]] == rows


def test_pages_are_written_one_after_another_with_one_head() -> None:
    pages: dict[Any, tuple[list[Row], Any]] = {
        None: ([], 1), 1: ([{"a": 1}], 2), 2: ([{"a": -2}], 3), 3: ([], None),
    }  # fmt: skip
    assert whole(pages.__getitem__, "csv") == "a\r\n1\r\n-2\r\n"
    assert whole(pages.__getitem__, "csv", ("a",)) == "a\r\n1\r\n-2\r\n"
    assert whole(lambda last: ([], None), "csv", ("a", "b")) == "a,b\r\n"
    assert whole(pages.__getitem__, "jsonl", ("a",)) == '{"a": 1}\n{"a": -2}\n'
