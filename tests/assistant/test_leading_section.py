"""Whose title is the question answers it in its first section, and goes into cases afterwards."""

from __future__ import annotations

import pytest

from assistant.extracts import choose_quotes
from knowledge.matching import Passage

BEFORE = "Go to My account and enter the new one, as long as the order is in preparation."
WRONG = "If the address was wrong and you change your mind, the parcel comes back to us and you pay again."


def passage(text: str, heading: str, title: str, at: int, score: float) -> Passage:
    return Passage(at, 1, 1, 1, "x", "en", "", title, [heading], "", text, score, score, 0.0, ordinal=at)


@pytest.mark.parametrize(
    ("title", "first"), [("Can I change the delivery address?", BEFORE), ("Orders and parcels", WRONG)]
)
def test_the_first_section_is_quoted_first(title: str, first: str) -> None:
    passages = [
        passage(WRONG, "The address was wrong", title, 3, 0.9),
        passage(BEFORE, "Before dispatch", title, 1, 0.89),
    ]
    quotes = choose_quotes(passages, {}, "en", question="Can I change my delivery address?")
    assert quotes[0].plain.startswith(first[:20])


def test_of_one_section_alone_nothing_is_first() -> None:
    alone = [passage(WRONG, "The address was wrong", "Can I change the delivery address?", 3, 0.9)]
    [quote] = choose_quotes(alone, {}, "en", question="Can I change my delivery address?")
    assert quote.plain.startswith(WRONG[:20])


def test_a_title_that_says_all_of_the_question_and_more_is_enough() -> None:
    title = "How can I contact customer service?"
    passages = [
        passage("Your order number and a photo save time.", "Have ready", title, 2, 0.9),
        passage("By phone from Monday to Friday, or by mail.", "Choose a way", title, 0, 0.89),
    ]
    quotes = choose_quotes(passages, {}, "en", question="how do I contact you")
    assert quotes[0].plain.startswith("By phone")


def test_a_heading_says_little_below_a_title_about_something_else() -> None:
    best = passage("In Europe it takes three to five days.", "From our warehouse", "Shipping to you", 0, 0.9)
    stray = Passage(9, 2, 1, 1, "y", "en", "", "Made-to-order lamps", ["How long it takes"], "",
                    "A personalised lamp takes four weeks.", 0.9, 0.9, 0.0, ordinal=0)  # fmt: skip
    quotes = choose_quotes([best, stray], {}, "en", question="how long does shipping take")
    assert quotes[0].plain.startswith("In Europe")
