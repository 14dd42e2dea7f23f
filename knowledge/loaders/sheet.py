"""The sheets of an XLSX, XLSM, XLSB, XLS or ODS file that can be seen, with the values last computed. Pure.

Read with calamine (Rust). It lays a sheet out as a full rectangle, so a single cell in the last corner would
take all memory: `sheet_size.py` looks first.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from knowledge.loaders.cells import cell_text
from knowledge.loaders.ods_formats import Place as Cell
from knowledge.loaders.sheet_formats import Look, looks_of
from knowledge.loaders.sheet_size import check_size
from knowledge.loaders.tables import Row, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_SHEETS = 100


def load(file: RawFile) -> Iterator[Found]:
    from knowledge.loaders.table_records import found_in_tables

    place = Place(file.name)
    try:
        check_size(file.data)
        tables, refused = _tables(_open(file.data), file.name, looks_of(file.data))
        yield from found_in_tables(tables, place)
        yield from refused
    except Refusal as refusal:
        yield Refused.by(refusal, place)


def _open(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refusal("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refusal("damaged") from error


def _tables(
    book: CalamineWorkbook, file: str, looks: Mapping[str, Mapping[Cell, Look]]
) -> tuple[list[Table], list[Refused]]:
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum

    tables, refused = [], []
    for sheet in book.sheets_metadata[:MAX_SHEETS]:
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            rows = _rows(book.get_sheet_by_name(sheet.name), looks.get(sheet.name, {}))
        except (CalamineError, OSError, ValueError):
            refused.append(Refused(Place(file, name=sheet.name), "damaged"))
            continue
        if len(rows) > MAX_ROWS:
            refused.append(Refused(Place(file, name=sheet.name), "too_many_rows", {"most": MAX_ROWS}))
        if rows:
            tables.append(Table(sheet.name, rows[:MAX_ROWS]))
    return tables, refused


def _rows(sheet: CalamineSheet, looks: Mapping[Cell, Look]) -> list[Row]:
    values = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
    rows = [
        [_text(value, looks.get((number, column))) for column, value in enumerate(row[:MAX_COLUMNS])]
        for number, row in enumerate(values)
    ]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
        _fill(rows, top, min(bottom, len(rows) - 1), left)
    return rows


def _text(value: object, look: Look | None) -> str:
    if look and isinstance(value, int | float) and not isinstance(value, bool):
        return look.text(float(value))
    return cell_text(value)


def _fill(rows: list[Row], top: int, bottom: int, column: int) -> None:
    """A merged cell counts for each of its rows."""
    for number in range(top + 1, bottom + 1):
        if column < len(rows[number]) and not rows[number][column]:
            rows[number][column] = rows[top][column]
