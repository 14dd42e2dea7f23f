"""How large a rectangle the cells of a sheet span, told before any of it is laid out. Pure."""

from __future__ import annotations

import re

from knowledge.loaders.base import Refusal
from knowledge.loaders.sniffing import ZIP
from knowledge.loaders.xml_parts import refuse_entities
from untrusted.archive import Package, open_package

MAX_CELLS = 2_000_000
MAX_COLUMNS = 16_384
# A cell that says nothing takes no place; not every program writes where its cells stand.
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,9})[\"'][^>]*(?<!/)>")
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d{1,9})[\"']")
UNPLACED = re.compile(rb"<(?:\w+:)?c(?:\s+[a-qs-z]\w*=[\"'][^\"']*[\"'])*\s*>")
ODS_ROW = re.compile(rb"<table:table-row\b(.*?)(?:</table:table-row>|(?<=/)>)", re.DOTALL)
ODS_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d{1,9})")
ODS_CELLS = re.compile(
    rb"<table:table-cell\b(?=[^>]*office:value)[^>]*number-columns-repeated=[\"'](\d{1,9})"
)


def check_size(data: bytes) -> None:
    """Raises Refusal for a sheet of too many cells, and for an archive that does harm."""
    if not data.startswith(ZIP):
        return  # XLS has 65,536 rows of 256 cells at most
    with open_package(data) as package:
        for name in package.names:
            if name.endswith((".xml", ".rels", ".bin")):
                _check_part(package, name)


def _check_part(package: Package, name: str) -> None:
    part = package.read(name)
    refuse_entities(part)
    if "/worksheets/" in name and name.endswith(".xml"):
        _check_cells(_spanned(part))
    if name == "content.xml":
        _check_cells(_repeated(part))


def _check_cells(cells: int) -> None:
    if cells > MAX_CELLS:
        raise Refusal("sheet_too_large", most=MAX_CELLS)


def _spanned(part: bytes) -> int:
    """From the first corner on, where calamine begins too, so that merged cells keep their places."""
    places = [(_column(letters), int(number)) for letters, number in CELL.findall(part)]
    height = max((row for _, row in places), default=0)
    width = max((column for column, _ in places), default=0)
    unplaced = len(UNPLACED.findall(part))
    if unplaced:
        height = max([height, *map(int, ROW.findall(part))])
        width = max(width, min(unplaced, MAX_COLUMNS))
    return height * width or unplaced


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeated(part: bytes) -> int:
    """Cells of an ODS sheet that say something, with those that stand for many."""
    cells = 0
    for row in ODS_ROW.findall(part):
        if b"office:value" in row or b"<text:p" in row:
            times = ODS_ROWS.search(row.split(b">", 1)[0])
            cells += int(times[1] if times else 1) * (1 + sum(map(int, ODS_CELLS.findall(row))))
    return cells
