"""A table as statements: what stands in a cell is said of its row's label and its column's head. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from knowledge.blocks import TABLE_RULE
from knowledge.chunking import plain_text

Row = tuple[str, ...]
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:and|et)\s+")
_CELL_ENDS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Table:
    """`heads` and every row have the same number of cells; those that are missing are empty."""

    heads: Row
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, lines: Sequence[str]) -> Table:
        cells = [_cells(line) for line in lines if "|" in line and not TABLE_RULE.match(line)]
        rows = list(zip(*zip_longest(*cells, fillvalue=""), strict=True))
        return cls(rows[0] if rows else (), tuple(rows[1:]))

    def labelled(self) -> Iterator[tuple[Row, str]]:
        """Each row with its label; "Belgium, Luxembourg" is a row for each."""
        for row in self.rows:
            yield from ((row, label) for label in _labels(row[0]))

    def told_by(self, row: Row) -> list[int]:
        """The columns in which a row says something."""
        return [column for column in range(1, len(row)) if row[column]]

    def besides(self, row: Row, column: int) -> list[str]:
        """What the other rows and columns are called."""
        heads = [head for number, head in enumerate(self.heads[1:], 1) if number != column]
        return [*heads, *(other[0] for other in self.rows if other != row)]


def first_part(label: str) -> str:
    """Of "Cord dimmer, for table lamps" or "Consultation (€25)" what it begins with."""
    return _BRACKETS.sub("", label).split(",")[0].strip()


def _cells(line: str) -> list[str]:
    return [plain_text(cell.replace("\\|", "/")) for cell in _CELL_ENDS.split(line.strip().strip("|"))]


def _labels(cell: str) -> list[str]:
    """Of an enumeration each part: where every word begins with a capital letter, as names of places do.
    "New battery, Nomade lamp" is one thing."""
    parts = [part for part in _BETWEEN.split(_BRACKETS.sub("", cell)) if part]
    named = all(word[0].isupper() for part in parts for word in part.split())
    return parts if len(parts) > 1 and named else [cell]
