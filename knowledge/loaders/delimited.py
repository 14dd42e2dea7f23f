"""A CSV or TSV file: its encoding and its delimiter are found out. Pure.

The delimiter is the one that cuts the first rows into the most equal columns. The standard library's own
guess takes an apostrophe for a quote, and with it the comma behind "l'eau" for the delimiter.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from untrusted.decoding import decode

DELIMITERS = (",", ";", "\t", "|")
NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # what Excel writes and reads as a first line
MAX_CELL = 100_000  # characters
MAX_ROWS = 20_000
SEEN = 100  # rows


def load(file: RawFile) -> Iterator[Found]:
    from knowledge.loaders.table_records import found_in_tables
    from knowledge.loaders.tables import Table

    place = Place(file.name)
    try:
        rows, more = _rows(decode(file.data))
        yield from found_in_tables([Table("", rows)], place)
        if more:
            yield Refused(place, "too_many_rows", {"most": MAX_ROWS})
    except Refusal as refusal:
        yield Refused.by(refusal, place)


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """The rows, and whether there were more than are taken."""
    named = NAMED.match(text)
    body = text[named.end() :] if named else text
    delimiter = named[1] if named else delimiter_of(body) or ","
    rows: list[list[str]] = []
    try:
        for row in _reader(body, delimiter):
            if len(rows) == MAX_ROWS:
                return rows, True
            rows.append(row)
    except csv.Error as error:
        raise Refusal("damaged") from error
    return rows, False


def delimiter_of(text: str) -> str:
    """Nothing when no delimiter cuts the lines into columns."""
    best = max((_agreement(text, delimiter), delimiter) for delimiter in DELIMITERS)
    return best[1] if best[0] > 0 else ""


def _agreement(text: str, delimiter: str) -> float:
    """How well the rows agree on a number of columns; a row or two of a title above are allowed."""
    rows = []
    try:
        for row in _reader(text[:SEEN_CHARACTERS], delimiter):
            if any(cell.strip() for cell in row):
                rows.append(len(row))
            if len(rows) == SEEN:
                break
    except csv.Error:
        return 0
    if len(text) > SEEN_CHARACTERS and len(rows) < SEEN:
        rows = rows[:-1]  # cut off
    columns, times = Counter(rows).most_common(1)[0] if rows else (1, 0)
    share = times / max(len(rows), 1)
    if columns < 2 or share < 0.6 or (len(rows) < 2 and columns < 3):
        return 0
    return share + min(columns, 8) / 100


SEEN_CHARACTERS = 60_000


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
