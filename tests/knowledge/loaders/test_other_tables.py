"""A table that asks nothing is one article with the table in it, cut where it would be too long."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.loaders.base import Record
from knowledge.loaders.cells import cell_text
from tests.knowledge.loaders.making import body, codes, fields, ods, read, sample, xlsx


def test_numbers_and_heads_are_as_a_person_sees_them():
    data = xlsx({"Prices 2026": [["Country", "Price"], ["France", 12.0], ["Belgium", 0.1 + 0.2]]})
    (only,) = fields("prices.xlsx", data)
    assert only["title"] == "Prices 2026"
    assert only["body"] == "| Country | Price |\n| --- | --- |\n| France | 12 |\n| Belgium | 0.3 |"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (1234.5, "1234.5"),
        (True, "TRUE"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1, 8, 29, 59, 999_900), "2026-03-01 08:30"),
        (dt.time(14, 30), "14:30"),
        (dt.timedelta(hours=30, minutes=5), "30:05"),
        (None, ""),
        ("  words ", "words"),
    ],
)
def test_a_cell_says_what_it_shows(value, text):
    assert cell_text(value) == text


def test_what_stands_above_a_table_names_it():
    data = xlsx(
        {"Feuil1": [["Parcel prices"], [], ["Weight", "Price"], ["1 kg", "5 €"], ["", ""], ["2 kg", "7 €"]]}
    )
    (only,) = fields("a.xlsx", data)
    assert only["title"] == "Parcel prices"
    assert only["body"].endswith("| 1 kg | 5 € |\n| 2 kg | 7 € |")


def test_a_bar_or_a_line_break_in_a_cell_does_not_break_the_table():
    data = xlsx({"A": [["Name", "Use"], ["a|b", "first\nsecond"]]})
    assert body("a.xlsx", data).splitlines()[2] == "| a\\|b | first second |"


def test_several_sheets_are_articles_that_say_so():
    found = fields("stock.xlsx", xlsx({"Sheet1": [["A", "B"], [1, 2]], "Lamps": [["A", "B"], [3, 4]]}))
    assert [each["title"] for each in found] == ["stock – Sheet1", "stock – Lamps"]
    assert [each["id"] for each in found] == ["stock.xlsx#sheet1", "stock.xlsx#lamps"]


def test_a_long_table_is_cut_and_each_part_has_the_heads():
    text = "Name;Price\n" + "".join(f"Thing {at};{at}\n" for at in range(450))
    found = read("list.csv", text)
    assert [each.fields["title"] for each in found] == ["list (1/3)", "list (2/3)", "list (3/3)"]
    assert all(each.fields["body"].startswith("| Name | Price |") for each in found)
    assert [each.place.number for each in found if isinstance(each, Record)] == [2, 202, 402]


def test_too_many_rows_are_told():
    assert codes("list.csv", "a;b\n" + "1;2\n" * 20_001) == ["too_many_rows"]


def test_cells_far_apart_are_refused_before_they_are_laid_out():
    far = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    data = xlsx({"A": [["a"]]})
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", f'<row r="1048576">{far}</row></sheetData>'.encode()
    )
    from tests.knowledge.loaders.making import zipped

    assert codes("a.xlsx", zipped({**parts, "xl/worksheets/sheet1.xml": sheet})) == ["sheet_too_large"]


def test_an_empty_sheet_has_no_text():
    assert codes("a.xlsx", xlsx({"A": []})) == ["no_text"]


def test_the_sample_sheet_has_whole_numbers():
    first, second = fields("test.xlsx", sample("test.xlsx"))
    assert "| 89 | 82 | 100 | 12 |" in first["body"]
    assert "affc7dad-52dc-4b98-9b5d-51e65d8a8ad0" in second["body"]


def test_questions_with_links_instead_of_answers_stay_a_table():
    (only,) = fields("service_public_questions_fr.csv", sample("service_public_questions_fr.csv"))
    assert only["body"].startswith("| Question | Lien |")


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.2, "0%", "20%"),
        (0.055, "0.0%", "5.5%"),
        (12.5, '#,##0.00 "€"', "12.50 €"),
        (12.5, "[$€-40C]#,##0.00", "€12.50"),
        (1200, '"$"#,##0_);[Red]("$"#,##0)', "$1200"),
        (30, "#,##0 [$CHF]", "30 CHF"),
        (0.2, "0.00", "0.2"),
        (7, "General", "7"),
    ],
)
def test_percentages_and_money_are_read_as_they_are_seen(value, code, seen):
    data = xlsx({"Sheet1": [["What", "How much"], ["Discount", (value, code)]]})
    assert body("a.xlsx", data).splitlines()[2] == f"| Discount | {seen} |"


def cell(kind: str, value: str, shown: str, more: str = "") -> str:
    told = f'office:value-type="{kind}"' + (f' office:value="{value}"' if value else "")
    return f"<table:table-cell {told} {more}><text:p>{shown}</text:p></table:table-cell>"


def test_percentages_and_money_of_an_ods_sheet_are_read_as_they_are_seen():
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    twice = 'table:number-columns-repeated="2"'
    rows = [
        cell("string", "", "What") + gap + cell("string", "", "Now") + cell("string", "", "Then"),
        cell("string", "", "Discount") + gap + cell("percentage", "0.2", "20 %", twice),
        cell("string", "", "Price") + gap + cell("currency", "12.5", "12,50 €") + cell("float", "7", "7"),
    ]
    written = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    same = f'<table:table-row table:number-rows-repeated="2">{rows[2]}</table:table-row>'
    lines = body("a.ods", ods(written + same)).splitlines()
    bare = [[part.strip() for part in line.split("|") if part.strip()] for line in lines]
    assert bare[0] == ["What", "Now", "Then"] and bare[2] == ["Discount", "20 %", "20 %"]
    assert bare[3:] == [["Price", "12,50 €", "7"]] * 3


def test_an_endless_ods_sheet_takes_no_time():
    many = f'<table:table-row table:number-rows-repeated="1048576">{cell("percentage", "0.2", "20 %")}'
    assert codes("a.ods", ods(f"{many}</table:table-row>")) == ["too_many_rows"]
