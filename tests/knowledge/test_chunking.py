"""Articles are cut where a reader would cut them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.chunking import (
    LARGEST,
    anchor_slug,
    chunk_document,
    passage_text,
    plain_text,
    sentence_spans,
    title_text,
)

RETURNS = """# Returns

You have thirty days.

## How to send it back

1. Print the label.
2. Close the parcel.

| Country | Days |
|---|---|
| France | 2 |
| Spain | 4 |

> **Note**
> Lamps travel in their own box.

### From abroad

Ask us for a label first.

## When the money arrives

Within five working days.
"""

PLAIN = """Do I need insurance?
Yes. You need it before you register a car. The office keeps a copy of the card as long as you own the car.

What does it cost?
That depends on the insurer. Ask two or three of them, and compare what they cover before you sign anything.
Young drivers pay more than others, and so does everybody who lives in the middle of a large town.

Can I pay monthly?
Most insurers allow it. They charge a little more for that, and they tell the office when you stop paying.
"""


def test_a_heading_starts_a_piece_and_names_it():
    pieces = chunk_document("Returns", RETURNS)
    assert [(piece.heading_path, piece.anchor) for piece in pieces] == [
        ((), "returns"),
        (("How to send it back",), "how-to-send-it-back"),
        (("How to send it back", "From abroad"), "from-abroad"),
        (("When the money arrives",), "when-the-money-arrives"),
    ]


def test_a_heading_with_nothing_below_it_is_found_by_what_it_says():
    body = (
        "# Opening\n\n## Closed on Sundays\n\n## Weekdays\n\n### Mornings\n\nFrom nine.\n\n## Late on Fridays"
    )
    pieces = chunk_document("Opening", body)
    assert [piece.text for piece in pieces] == ["## Closed on Sundays", "From nine.", "## Late on Fridays"]
    assert [piece.anchor for piece in pieces] == ["closed-on-sundays", "mornings", "late-on-fridays"]
    first = pieces[0]
    assert passage_text("Opening", first.heading_path, first.text) == "Opening\nClosed on Sundays"


def test_lists_tables_and_notes_stay_whole():
    piece = chunk_document("Returns", RETURNS)[1]
    assert "1. Print the label." in piece.text
    assert "| Spain | 4 |" in piece.text
    assert "own box" in piece.text


def test_offsets_point_at_the_text():
    for body in (RETURNS, PLAIN):
        for piece in chunk_document("Returns", body):
            assert body[piece.start : piece.end] == piece.text


def test_a_line_that_looks_like_a_heading_names_a_piece_of_plain_text():
    pieces = chunk_document("Insurance", PLAIN)
    assert [piece.heading_path[-1] for piece in pieces] == ["Do I need insurance?", "Can I pay monthly?"]
    assert {piece.anchor for piece in pieces} == {""}


def test_a_list_stays_with_the_line_that_announces_it():
    filler = "This sentence fills the paragraph before the list with words. " * 10
    body = f"{filler}\n\nTo reset it:\n\n- Press the button.\n- Wait ten seconds.\n"
    found = next(piece for piece in chunk_document("Reset", body) if "Press the button" in piece.text)
    assert "To reset it:" in found.text


def test_long_running_text_is_cut_between_sentences():
    body = " ".join(f"This is sentence number {number} of a long text." for number in range(80))
    pieces = chunk_document("Long", body)
    assert len(pieces) > 3
    assert all(piece.text.endswith(".") for piece in pieces)


def test_a_heading_inside_a_code_fence_is_code():
    pieces = chunk_document("Shell", "Run this:\n\n```\n# not a heading\nmake run\n```\n")
    assert len(pieces) == 1
    assert "# not a heading" in pieces[0].text


def test_an_article_without_text_is_found_by_its_title():
    assert [piece.text for piece in chunk_document("Opening hours", "")] == ["Opening hours"]


def test_equal_headings_get_different_anchors():
    seen: dict[str, int] = {}
    slugs = [anchor_slug(text, seen) for text in ("Détails", "Details", "Details 2", "!!!")]
    assert slugs == ["details", "details-2", "details-2-2", "section"]


def test_the_model_reads_where_a_passage_stands_and_no_marks():
    piece = chunk_document("Returns", RETURNS)[2]
    read = passage_text("Returns", piece.heading_path, piece.text)
    assert read == "Returns > How to send it back > From abroad\nAsk us for a label first."
    assert title_text("Returns", "Send **it** back") == "Returns\nSend it back"


def test_marks_go_and_words_stay():
    marked = "See [the **label**](https://example.org/a_(b)) and `make run`.\n\n> ## Note\n> 2 * 3 * 4"
    assert plain_text(marked) == "See the label and make run.\n\nNote\n2 * 3 * 4"


@given(st.text(alphabet="ab. \n#-|>`*_é中:!?1", max_size=3000))
def test_any_text_is_cut_into_pieces_in_order_that_a_model_can_read(body):
    pieces = chunk_document("Title", body)
    assert pieces
    assert all(len(piece.text) <= LARGEST for piece in pieces)
    assert all(before.end <= after.start for before, after in zip(pieces, pieces[1:], strict=False))


@given(st.text(max_size=2000))
def test_sentences_cover_their_text(text):
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text
