"""The articles in the tables of a file: a row of a FAQ is one, any other table is one as a whole. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.loaders.base import Found, Place, Record, Refused
from knowledge.loaders.faq_table import read_faq
from knowledge.loaders.markdown_table import markdown_table
from knowledge.loaders.naming import part_id, title_of_file
from knowledge.loaders.parts import LONG
from knowledge.loaders.tables import Framed, Row, Table, frame

MOST = 200  # rows in one article
# What a program calls a sheet that nobody named.
NO_NAME = re.compile(
    r"(?:sheet|feuil(?:le)?|tabelle|hoja|foglio|blad|planilha)?[\s_-]?\d*|[0-9a-f-]{20,}", re.IGNORECASE
)


def found_in_tables(tables: Sequence[Table], place: Place) -> Iterator[Found]:
    seen: dict[str, int] = {}
    for table in tables:
        where = Place(place.file, name=table.name)
        rows = read_faq(table, where)
        if rows is None:
            yield from _articles(table, where, len(tables) > 1, seen)
        else:
            yield from rows
    if not any(any(any(row) for row in table.rows) for table in tables):
        yield Refused(place, "no_text")


def _articles(table: Table, place: Place, several: bool, seen: dict[str, int]) -> Iterator[Found]:
    framed = frame(table)
    if not framed.rows and not framed.header:
        return
    title = _title(table, framed, place.file, several)
    pieces = list(_pieces(framed))
    for number, (first, rows) in enumerate(pieces, start=1):
        called = f"{title} ({number}/{len(pieces)})" if len(pieces) > 1 else title
        alone = not several and len(pieces) == 1
        own = place.file if alone else part_id(place.file, table.name or "rows", seen)
        text = "\n\n".join([*framed.above, markdown_table(framed.header, rows)])
        where = Place(place.file, "row", first, place.name)
        yield Record(where, {"id": own, "title": called, "body": text, "format": "markdown"}, place.file)


def _title(table: Table, framed: Framed, file: str, several: bool) -> str:
    """What stands above the table, or what its sheet is called, or its file."""
    if framed.above and len(framed.above[0]) <= 100:
        return framed.above[0]
    name = "" if NO_NAME.fullmatch(table.name) else table.name
    if not several:
        return name or title_of_file(file)
    return f"{title_of_file(file)} – {name or table.name}"


def _pieces(framed: Framed) -> Iterator[tuple[int, list[Row]]]:
    """The rows in articles that are not too long, each with the number of its first row."""
    piece: list[Row] = []
    first, size = 1, 0
    for number, row in framed.rows:
        length = sum(len(cell) + 3 for cell in row)
        if piece and (len(piece) == MOST or size + length > LONG):
            yield first, piece
            piece, size = [], 0
        first = first if piece else number
        piece.append(row)
        size += length
    yield first, piece
