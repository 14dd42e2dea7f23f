"""Quotes are marked where they stand, and what comes out stays well nested."""

from __future__ import annotations

import time

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from chatbot.markdown import render_passage
from conversations.quoting import with_quote_marked

PASSAGE = """You have **30 days** to return it. See [gifts](gifts.md). Unused only.

1. Print the label.
2. Bring the parcel."""


def marks(quote: str, passage: str = PASSAGE) -> str:
    html = with_quote_marked(passage, quote, render_passage)
    return " ".join(mark.get_text() for mark in BeautifulSoup(html, "html.parser").find_all("mark"))


def test_markdown_between_the_words_does_not_matter() -> None:
    assert marks("You have 30 days to return it.") == "You have  30 days  to return it."
    assert marks("See gifts.") == "See  gifts"


def test_a_list_stays_a_list() -> None:
    html = with_quote_marked(PASSAGE, "1. Print the label.\n2. Bring the parcel.", render_passage)
    assert html.count("<li><mark>") == 2


def test_sentences_that_were_left_out_are_not_marked() -> None:
    assert "Unused" not in marks("You have 30 days to return it. Print the label.")


def test_a_quote_that_is_not_there_marks_nothing() -> None:
    assert marks("Something else entirely") == ""
    assert marks("") == ""


@given(st.text(alphabet="ab1. *_[]()<>&`#\n\ue000\ue001", max_size=60), st.text("ab1. *", max_size=20))
def test_whatever_is_quoted_nothing_is_left_open(passage: str, quote: str) -> None:
    html = with_quote_marked(passage, quote, render_passage)
    assert "\ue000" not in html
    assert "\ue001" not in html
    assert html.count("<mark>") == html.count("</mark>")


def test_a_passage_made_to_be_hard_to_search_is_searched_at_once() -> None:
    passage = "[" * 60 + "x" + "](javascript:alert(1))" * 60
    began = time.perf_counter()
    marks(passage + " never", passage)
    assert time.perf_counter() - began < 1
