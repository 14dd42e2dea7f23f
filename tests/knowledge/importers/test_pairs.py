"""The examples of an intent give a title that reads well, and its text reads as it was shown."""

from __future__ import annotations

import pytest

from knowledge.importers.pairs import as_markdown, as_title, only_asks, title_and_others
from knowledge.importers.small_talk import why_not


@pytest.mark.parametrize(
    ("examples", "title"),
    [
        (["password", "how do i reset it", "Reset"], "How do I reset it?"),
        (["how to pay", "How can I pay by card?"], "How can I pay by card?"),
        (["PAY NOW PLEASE", "DOES IT PAY?"], "DOES IT PAY?"),
        (["reset my password.", "password"], "Reset my password"),
        (["How you help me?", "what can you do ?"], "How you help me?"),
        ([], ""),
    ],
)
def test_the_title_is_the_first_full_question_that_is_well_written(examples, title):
    assert title_and_others(examples, "en")[0] == title


def test_each_other_way_to_ask_stands_once_and_not_endlessly():
    _, others = title_and_others(["Can I pay?", "pay", "Pay!", "can i pay", *map(str, range(99))], "en")
    assert others[:2] == ["pay", "0"] and len(others) == 50


def test_a_french_title_has_its_space():
    assert (
        as_title("comment payer", "fr") == "Comment payer ?" and as_title("où payer ?", "fr") == "Où payer ?"
    )


def test_lines_stay_lines_and_bullets_become_a_list():
    assert as_markdown("Bring:\n• a card\n• a bag\nThen pay.\n\nBye") == (
        "Bring:\n\n- a card\n- a bag\n\nThen pay.\n\nBye"
    )
    assert as_markdown("one\ntwo") == "one  \ntwo"


def test_an_answer_that_only_asks_is_known():
    assert only_asks("Which shop?") and not only_asks("We open at 9. Which shop?") and not only_asks("Yes.")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(
            (name, "left_small_talk")
            for name in ("greet", "Default Welcome Intent", "smalltalk.user.bored", "merci")
        ),
        *(
            (name, "left_small_talk")
            for name in ("confirmation.yes", "ThankYou", "chitchat/ask_name", "au_revoir")
        ),
        *(
            (name, "left_fallback")
            for name in ("nlu_fallback", "Default Fallback Intent", "out_of_scope/other")
        ),
        *(
            (name, "left_handing_over")
            for name in ("human_handoff", "talk_to_agent", "parler_a_un_conseiller")
        ),
        *(
            (name, "")
            for name in ("password_reset", "no_internet", "cancel_order", "faq/hours", "welcome_bonus", "")
        ),
    ],
)
def test_small_talk_is_known_by_its_name(name, code):
    assert why_not(name) == code
