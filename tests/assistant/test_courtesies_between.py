"""Thanks and goodbyes in the middle of a flow."""

from __future__ import annotations

import pytest

from assistant.models import Assistant
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("thanks!", "You are welcome."),
        ("hello", "Hello!"),
        ("how are you?", "All is well, thank you."),
        ("cheers mate", "You are welcome."),
    ],
)
def test_they_are_answered_shortly_and_the_question_stays(
    assistant: Assistant, flows: None, words: str, answer: str
) -> None:
    talk = Talk(assistant)
    question = talk.say("where is my order?")
    assert talk.say(words) == f"{answer}\n\n{question}"


def test_whoever_says_goodbye_is_asked_nothing_more_and_may_come_back(
    assistant: Assistant, flows: None
) -> None:
    talk = Talk(assistant)
    talk.say("where is my order?")
    assert talk.say("ok bye") == "Goodbye, and thank you for writing to us."
    assert "LP-2041172: In preparation" in talk.say("LP-2041172")


def test_who_asks_what_it_can_do_is_told(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("where is my order?")
    said = talk.say("what can you do?")
    assert "an AI assistant." in said and "order number" in said
