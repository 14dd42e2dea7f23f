"""How the percentages and the money of an ODS sheet read: the file says so beside each number. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.loaders.cells import MAX_CELL
from knowledge.loaders.xml_parts import attribute, children, descendants, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = tuple[int, int]  # row and column, from 0
KINDS = {"percentage", "currency"}
CELLS = {"table-cell", "covered-table-cell"}
MOST_ROWS, MOST_COLUMNS = 20_001, 200  # what a sheet is read to


def shown_in(content: bytes) -> dict[str, dict[Place, str]]:
    """By the name of a sheet, what its percentages and its money read. Raises Refusal for what is damaged."""
    if not any(f'value-type="{kind}"'.encode() in content for kind in KINDS):
        return {}
    tables = descendants(parse_xml(content), "table")
    return {attribute(table, "name"): dict(_cells(table)) for table in tables}


def _cells(table: _Element) -> Iterator[tuple[Place, str]]:
    at = 0
    for row in descendants(table, "table-row"):
        times = _repeated(row, "number-rows-repeated")
        shown = list(_of_row(row))
        if shown:
            for number in range(at, min(at + times, MOST_ROWS)):
                yield from (((number, column), text) for column, text in shown)
        at += times
        if at >= MOST_ROWS:
            return


def _of_row(row: _Element) -> Iterator[tuple[int, str]]:
    at = 0
    for cell in row:
        if local_name(cell) not in CELLS:
            continue
        times = _repeated(cell, "number-columns-repeated")
        if attribute(cell, "value-type") in KINDS and (text := _text(cell)):
            yield from ((column, text) for column in range(at, min(at + times, MOST_COLUMNS)))
        at += times
        if at >= MOST_COLUMNS:
            return


def _text(cell: _Element) -> str:
    return " ".join("".join(part.itertext()) for part in children(cell, "p")).strip()[:MAX_CELL]


def _repeated(element: _Element, name: str) -> int:
    times = attribute(element, name)
    return int(times) if times.isdecimal() and len(times) < 9 else 1
