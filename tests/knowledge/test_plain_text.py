"""Plain text becomes Markdown that reads the same, with the headings that a reader sees in it."""

from __future__ import annotations

import re
from html import unescape

import nh3
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chatbot.markdown import render_article
from knowledge.chunking import chunk_document
from knowledge.intake.importing import import_items, source_named
from knowledge.pages import render_body
from knowledge.plain import text_to_markdown
from tests.knowledge.lines import line, read

INSURANCE = """You need insurance before you register a car.

Do I need a card?
Yes. The office keeps a copy of it.

2. What does it cost?
That depends on the insurer. Ask two or three of them.

By post
You send us:
- the card
- the form

Young drivers
They pay more than others, and so does everybody who lives in a town.
"""


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text_to_markdown(text), re.MULTILINE)


def seen(markdown: str) -> str:
    """What a reader sees of a rendered text."""
    return unescape(nh3.clean(render_article(markdown), tags=set()))


def test_a_line_that_opens_a_part_becomes_a_heading():
    assert headings(INSURANCE) == ["Do I need a card?", "2. What does it cost?", "By post", "Young drivers"]


def test_the_page_its_contents_and_the_passages_agree_on_the_headings():
    body = text_to_markdown(INSURANCE)
    page, pieces = render_body("Insurance", body), chunk_document("Insurance", body)
    anchors = [entry.anchor for entry in page.contents]
    assert anchors == ["do-i-need-a-card", "2-what-does-it-cost", "by-post", "young-drivers"]
    assert [piece.anchor for piece in pieces] == ["", *anchors]
    assert all(f'id="{anchor}"' in page.html for anchor in anchors)


@pytest.mark.parametrize(
    "text",
    [
        "You need the following:\n\nPassport\n\nDriving licence\n\nIt must be valid.",  # a flattened list
        "Some text.\nElection\nDate\nHow long\nThey last six years, in spring.",  # a flattened table
        "To bring with you:\nThe form of the office that keeps your file.",  # announces, names nothing
        "Some text.\n- Passport\nIt must be valid.",
        "1. Open the account.\n2. Choose the label\nIt is a small file.",
        "Phone: 39 39\nWe answer from nine to six, every day of the week.",
        "The council voted a law on the 15th of May\nwhich takes effect in a year.",  # a wrapped sentence
        "See the page of the office. The red list\nIt says who wants no calls.",
        "Some text.\n\nThe end",
    ],
)
def test_what_only_looks_like_a_heading_stays_text(text):
    assert headings(text) == []


def test_lines_stay_lines_and_no_sign_becomes_a_mark():
    assert text_to_markdown("# 1 thing\nsecond\r\n\r\nnext\n> not a quote") == (
        "\\# 1 thing  \nsecond\n\nnext  \n\\> not a quote"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a *b* _c_ `d` ~~e~~ [f](g) ![h](i) snake_case_name 2 * 3",
        "Some title\n---\ntext",
        "Some title\n===\ntext",
        "***",
        "_ _ _",
        "~~~\ncode?\n~~~",
        "!!! note\nfor you",
        "a | b\n--|--\nc | d",
        "[1]: https://example.org/",
        "[a\nb]: https://example.org/",
        "[:\n]::",
        "\\* C:\\_temp &amp; <b>",
        "###### six\n#hash",
    ],
)
def test_signs_of_markdown_are_read_as_they_stand(text):
    markdown = text_to_markdown(text)
    assert seen(markdown).split() == text.split()


@given(st.text(alphabet="ab \n#*_`~[]()!<>&;|=:\\\"'/", max_size=60))
def test_whatever_is_typed_is_what_is_read(text):
    assume(not re.search(r"^\s*\*\s", text, re.MULTILINE))  # a list keeps its signs as points
    assert "".join(seen(text_to_markdown(text)).split()) == "".join(text.split())


def test_an_import_from_before_changes_once_and_then_no_more(db):
    def imported():
        return import_items(source_named("Shop"), read(line(body=INSURANCE)))

    document = imported().new[0]
    document.content_hash = "what the text was before headings were seen in it"
    document.save()
    assert [len(imported().changed), imported().unchanged, imported().unchanged] == [1, 1, 1]
