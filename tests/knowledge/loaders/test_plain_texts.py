"""Plain text keeps its lines; marked questions and answers become articles; what is long is cut."""

from __future__ import annotations

import pytest

from tests.knowledge.loaders.making import body, fields


def test_the_first_line_is_the_title_when_it_stands_alone():
    (only,) = fields("a.txt", "Opening hours\n\nFrom eight to six.\n")
    assert (only["title"], only["body"], only["format"]) == ("Opening hours", "From eight to six.", "text")
    (underlined,) = fields("a.txt", "Opening hours\n=====\nFrom eight to six.\n")
    assert (underlined["title"], underlined["body"]) == ("Opening hours", "From eight to six.")


def test_else_the_file_is_the_title():
    (only,) = fields("guides/opening_hours-2026.txt", "We open at eight\nand close at six.")
    assert (only["title"], only["id"]) == ("opening hours 2026", "guides/opening_hours-2026.txt")
    assert only["body"] == "We open at eight\nand close at six."


@pytest.mark.parametrize(
    "text",
    [
        "Q: Where?\nA: Here.\nIn town.\n\nQ: When?\nA: Now.\n",
        "Question 1 : Where?\nRéponse 1 : Here.\nIn town.\nQuestion 2 : When?\nRéponse 2 : Now.",
        "Our FAQ\n\n**Q.** Where?\n\n**A.** Here.\nIn town.\n\n**Q.** When?\n\n**A.** Now.",
        "Q1) Where?\nR1) Here.\nIn town.\nQ2) When?\nR2) Now.",
    ],
)
def test_marked_questions_and_answers_are_articles(text):
    found = fields("faq.txt", text)
    assert [(each["title"], each["body"]) for each in found] == [
        ("Where?", "Here.\nIn town."),
        ("When?", "Now."),
    ]


def test_a_question_over_two_lines_is_one():
    found = fields("faq.txt", "Q: Where\nare you?\nA: Here.\nQ: When?\nA: Now.")
    assert found[0]["title"] == "Where are you?"


def test_a_text_that_only_mentions_questions_is_one_article():
    assert "Q: Why" in body(
        "a.txt", "An essay about asking.\n\nQ: Why do we ask?\n\nNobody knows, and it goes on.\n"
    )


def test_a_long_text_is_cut_at_its_headings_and_none_is_lost():
    sentence = "This sentence is here only to be long, and says nothing at all besides that. "
    text = "".join(f"Part number {at}\n\n{sentence * 60}\n\n" for at in range(30))
    found = fields("book.txt", text)
    assert 1 < len(found) <= 31 and all(len(each["body"]) <= 60_000 for each in found)
    assert sum(each["body"].count("nothing at all") for each in found) == 1_800
    assert any(each["title"] == "book – Part number 7" for each in found)
    assert len({each["id"] for each in found}) == len(found)


def test_a_long_text_without_headings_is_cut_between_paragraphs():
    found = fields("book.txt", "\n\n".join(f"line {at} {'word ' * 50}." for at in range(600)))
    assert len(found) == 3 and [each["title"] for each in found][:2] == ["book", "book – 2"]
