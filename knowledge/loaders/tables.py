"""Rows of cells as they stood in a sheet: where the table begins, and which row is its header. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Row = list[str]
NUMBER = re.compile(r"[-+(]?[\d\s.,'’]+(?:%|€|\$|£)?\)?|\d{4}-\d\d-\d\d.*")
TOP = 15  # rows in which a header is looked for


@dataclass(frozen=True)
class Table:
    """A sheet; `name` is empty for a file that has only one. `first` is the number of its first row."""

    name: str
    rows: list[Row]
    first: int = 1


@dataclass(frozen=True)
class Framed:
    """A table without what is empty: lines above it, a header (empty when it has none), numbered rows."""

    above: list[str]
    header: Row
    rows: list[tuple[int, Row]] = field(default_factory=list)


def frame(table: Table) -> Framed:
    numbered = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(table.rows, table.first)
        if any(row)
    ]
    numbered = _without_empty_columns([(number, row) for number, row in numbered if any(row)])
    at = _header_at([row for _, row in numbered[:TOP]])
    above = [" ".join(filter(None, row)) for _, row in numbered[: max(at, 0)]]
    if at < 0:
        return Framed([], [], numbered)
    return Framed(above, numbered[at][1], numbered[at + 1 :])


def _without_empty_columns(rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    width = max((len(row) for _, row in rows), default=0)
    padded = [(number, row + [""] * (width - len(row))) for number, row in rows]
    kept = [at for at in range(width) if any(row[at] for _, row in padded)]
    return [(number, [row[at] for at in kept]) for number, row in padded]


def _header_at(top: list[Row]) -> int:
    """The first row that is about as wide as the table and all words; a lone cell above is a title.

    -1 when the first full row is already data.
    """
    wide = max((sum(map(bool, row)) for row in top), default=0)
    for at, row in enumerate(top):
        filled = [cell for cell in row if cell]
        if len(filled) >= max(0.6 * wide, min(wide, 2)):
            words = sum(NUMBER.fullmatch(cell) is None for cell in filled)
            return at if words > 0.7 * len(filled) else -1
    return -1
