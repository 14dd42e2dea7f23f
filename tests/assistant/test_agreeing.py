"""A yes or a no to nothing that was asked."""

from __future__ import annotations

import pytest

from assistant.models import Assistant, Welcome
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def welcome(assistant: Assistant) -> None:
    for language, asked in (("en", "How long is a gift card valid?"), ("fr", "Quels sont vos horaires ?")):
        Welcome.objects.create(assistant=assistant, language=language, greeting="…", suggestions=asked)


@pytest.mark.parametrize(
    ("language", "begins", "stops", "yes", "asked", "offered"),
    [
        ("en", "book an appointment", "stop", "yes", "What can I do for you?",
         ["Book an appointment", "How long is a gift card valid?"]),
        ("fr", "prendre rendez-vous", "annuler", "oui", "Que puis-je faire pour vous\u202f?",
         ["Prendre rendez-vous", "Quels sont vos horaires ?"]),
    ],
)  # fmt: skip
def test_after_a_flow_was_stopped_it_is_offered_again(
    assistant: Assistant, flows: None, language: str, begins: str, stops: str, yes: str, asked: str,
    offered: list[str],
) -> None:  # fmt: skip
    talk = Talk(assistant, language)
    first = talk.say(begins)
    talk.say(stops)
    assert talk.say(yes).replace(" ?", "\u202f?") == asked
    assert talk.options == offered
    assert talk.say(offered[0]) == first


@pytest.mark.parametrize("words", ["no", "ok", "thanks"])
def test_another_word_is_answered_in_kind(assistant: Assistant, flows: None, words: str) -> None:
    talk = Talk(assistant)
    talk.say("book an appointment")
    talk.say("stop")
    assert "anything else" in talk.say(words)


def test_out_of_the_blue_the_customer_is_asked_what_for(assistant: Assistant, articles: None) -> None:
    talk = Talk(assistant)
    assert talk.say("yes please") == "What can I do for you?"
    assert talk.options == ["How long is a gift card valid?"]


def test_a_yes_to_which_of_these_asks_which_once_more(assistant: Assistant, articles: None) -> None:
    talk = Talk(assistant)
    talk.say("yes")
    talk.said[-1] = type(talk.said[-1])("assistant", "Which?", talk.said[-1].options, outcome="asked_back")
    assert talk.say("yes") == "Which of these is it about?"
    assert talk.options == ["How long is a gift card valid?"]
