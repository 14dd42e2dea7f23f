"""A PDF is read as a person reads it: columns, headings, lists, tables, not what stands on each page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.knowledge.loaders.making import body, codes, fields, pdf, read, sample

LONG = "These words fill the whole line of the page from the left to the right, as running text does"


def text(*lines: str, x: float = 50, y: float = 100, size: float = 11, step: float = 14) -> list:
    return [(x, y + step * at, size, line) for at, line in enumerate(lines)]


def test_lines_of_a_paragraph_are_joined_and_a_hyphen_at_the_end_is_left_for_the_cleaning():
    page = text(f"{LONG} and is bro-", f"ken at the end. {LONG[:70]}", "and ends here.") + text(
        "Apart.", y=200
    )
    assert body("a.pdf", pdf(page)).endswith(
        "and is bro-\nken at the end. " + LONG[:70] + " and ends here.\n\nApart."
    )


def test_headings_are_larger_or_bold_or_numbered():
    page = [
        (50, 80, 22, "Returns and refunds"),
        *text(f"{LONG}.", f"{LONG}.", y=120),
        (50, 180, 15, "How to return"),
        *text(f"{LONG}.", f"{LONG}.", y=205),
        (50, 260, 11, "*In a shop:"),
        *text(f"{LONG}.", f"{LONG}.", y=285),
    ]
    (only,) = fields("a.pdf", pdf(page))
    assert only["title"] == "Returns and refunds"
    assert [line for line in only["body"].splitlines() if line.startswith("#")] == [
        "## How to return",
        "### In a shop",
    ]


def test_bullets_and_numbers_are_lists_and_their_wrapped_lines_belong_to_them():
    page = text(f"{LONG}:", y=80) + [
        (
            60,
            100,
            11,
            "\u2022 First point, which is long enough to go on to the line that stands below it, so that",
        ),
        (68, 114, 11, "it goes on."),
        (80, 128, 11, "- Inner point"),
        (60, 142, 11, "\u2022 Second point"),
        *text("1. Open the box", "2. Take the lamp", x=60, y=180),
        *text(f"{LONG}.", y=230),
    ]
    lines = body("a.pdf", pdf(page)).splitlines()
    assert [line for line in lines if line.lstrip()[:1] in ("-", "1", "2")] == [
        "- First point, which is long enough to go on to the line that stands below it, so that it goes on.",
        "   - Inner point",
        "- Second point",
        "1. Open the box",
        "2. Take the lamp",
    ]


def test_two_columns_are_read_one_after_the_other():
    left = [f"Left line {at} of the first column goes on here" for at in range(12)]
    right = [f"Right line {at} of the second column goes on" for at in range(12)]
    page = (
        [(50, 60, 18, "A title across both columns of this page")] + text(*left) + text(*right, x=320, y=103)
    )
    found = body("a.pdf", pdf(page))
    assert found.index("Left line 11") < found.index("Right line 0")


def test_what_is_printed_on_each_page_is_dropped():
    pages = [
        [
            (50, 30, 8, "Manual of the lamp"),
            *text(f"{LONG} on sheet {word}."),
            (50, 780, 8, f"Page {at} of 4"),
        ]
        for at, word in enumerate(["one", "two", "three", "four"], start=1)
    ]
    found = body("a.pdf", pdf(*pages))
    assert "Manual" not in found and "Page" not in found
    assert "one" in found and "four" in found


def test_a_ruled_table_is_a_table():
    words = [["Country", "Price"], ["France", "5 EUR"], ["Belgium", "7 EUR"]]
    page = [
        (60 + 100 * c, 100 + 20 * r, 11, cell) for r, row in enumerate(words) for c, cell in enumerate(row)
    ]
    rules = [(50, 85 + 20 * r, 250, 85 + 20 * r) for r in range(4)] + [
        (x, 85, x, 145) for x in (50, 150, 250)
    ]
    found = body("a.pdf", pdf(page, rules=rules))
    assert found == "| Country | Price |\n| --- | --- |\n| France | 5 EUR |\n| Belgium | 7 EUR |"


def test_a_table_that_goes_on_overleaf_is_one():
    def page(*rows: tuple[str, str, str]) -> list:
        return [
            (60 + 120 * c, 100 + 20 * r, 11, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)
        ]

    head = ("Country", "Price", "Days")
    found = body(
        "a.pdf",
        pdf(
            page(head, ("France", "5", "2"), ("Spain", "6", "3")),
            page(head, ("Italy", "7", "4"), ("Malta", "9", "8")),
        ),
    )
    assert found.count("Country") == 1 and found.count("\n") == 5


def test_the_borderless_table_has_each_item_with_its_numbers_on_one_row():
    found = body("a.pdf", sample("SPARSE-2024-INV-1234_borderless_table.pdf"))
    assert "| Product Code | Location | Expected | Actual | Variance | Status |" in found
    assert "| SKU-4563 | D-22 | 180 | 156 | -24 | CRITICAL |" in found
    assert "| SKU-8847 | B-07 |  | 289 | -23 |  |" in found
    assert "| SKU-6678 | Software | $200.00 | $42,000.00 | 2024-10-25 | High Value |" in found
    assert "requires immediate investigation" not in found and "requiring immediate investigation" in found
    assert "should be reviewed to prevent" in found  # across two pages


def test_the_receipt_keeps_its_lines():
    (only,) = fields("a.pdf", sample("RECEIPT-2024-TXN-98765_retail_purchase.pdf"))
    assert only["title"] == "TECHMART ELECTRONICS"
    assert "ACC-8834 2 @ $79.99  \n$159.98" in only["body"]
    assert "\n\nTOTAL $821.14\n\n### PAYMENT METHOD" in only["body"]


def test_text_that_lies_on_its_side_is_read():
    flat = pdf(text("Words to be read"))
    for turned in (b"1 0 0 1", b"0 1 -1 0", b"0 -1 1 0"):
        data = flat.replace(b"50 700 Td", turned + b" 300 300 Tm")
        assert body("a.pdf", data) == "Words to be read"


def test_what_nobody_can_see_is_left_out():
    page = [*text("Seen."), (50, 300, 1, "Too small to be read"), (50, 900, 11, "Below the page")]
    assert body("a.pdf", pdf(page)) == "Seen."


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("/Title (Our warranty)", "Our warranty"),
        ("/Title (untitled)", "lamp guide"),
        ("/Title (Microsoft Word - a.doc)", "lamp guide"),
    ],
)
def test_the_title_of_the_file_is_taken_when_it_is_one(info, title):
    page = text("This is our warranty and it lasts two years.")
    assert fields("lamp_guide.pdf", pdf(page, info=info))[0]["title"] == title


def test_a_long_document_is_cut_at_its_chapters():
    def chapter(number: int) -> list:
        lines = [f"{LONG} of part {number}, line {at}." for at in range(45)]
        return [(50, 60, 18, f"{number}. Chapter of words"), *text(*lines)]

    found = read("book.pdf", pdf(*(chapter(at) for at in range(1, 21))))
    assert len(found) == 20
    assert found[2].fields["title"] == "book – 3. Chapter of words"
    assert found[2].fields["id"] == "book.pdf#3-chapter-of-words"
    assert all(len(each.fields["body"]) < 60_000 for each in found)


# --- Without text -------------------------------------------------------------------------------------------


def scanned() -> bytes:
    """A page with a picture of one pixel in place of text."""
    picture = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    data = pdf([])
    return data.replace(
        b"<< /Length 0 >>\nstream\n", f"<< /Length {len(picture)} >>\nstream\n{picture}".encode("cp1252")
    )


def test_a_scan_says_that_it_holds_no_text(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert codes("a.pdf", scanned()) == ["scan_without_text"]


def test_a_scan_is_read_by_tesseract_where_that_is_installed(monkeypatch, tmp_path: Path):
    engine = tmp_path / "tesseract"
    engine.write_text(
        '#!/bin/sh\nif [ "$1" = --list-langs ]; then echo eng; echo deu; exit; fi\n'
        'read magic; [ "${magic%% *}" = P5 ] && echo "Recognised with $4"\n'
    )
    engine.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(engine))
    assert body("a.pdf", scanned()) == "Recognised with eng"


def test_an_empty_page_is_no_scan():
    assert codes("a.pdf", pdf([])) == ["no_text"]


def test_an_encrypted_file_says_so():
    locked = "/Filter /Standard /V 1 /R 2 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + ">"
    data = pdf(text("Words")).replace(
        b"/Root 1 0 R", b"/Encrypt << " + locked.encode() + b" >> /ID [<00> <00>] /Root 1 0 R"
    )
    assert codes("a.pdf", data) == ["encrypted"]
