"""A whole example of a flow begins it, whatever else its words are usually said for."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.events import Outcome
from assistant.models import Assistant
from flows.publishing import create_flow, publish, read
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]


def flow(*examples: str) -> None:
    drawn: dict[str, Any] = {
        "key": "own", "name": {"en": "Our own way"}, "examples": {"en": list(examples)}, "start": "end",
        "nodes": [{"id": "end", "kind": "end", "text": {"en": "That is our own way."}}],
    }  # fmt: skip
    publish(create_flow(read(drawn), author=None).pk, author=None)


@pytest.mark.parametrize("words", ["Please call me back", "hello", "Tell me a joke", "Talk to a person"])
def test_it_begins_by_what_is_usually_said_for_something_else(assistant: Assistant, words: str) -> None:
    assert Talk(assistant).say(words) != "That is our own way."
    flow("please call me back", "Hello!", "tell me a joke", "talk to a person")
    assert Talk(assistant).say(words) == "That is our own way."


def test_our_own_button_leads_to_a_person_without_any_way_between(assistant: Assistant) -> None:
    flow("Talk to a person", "yes")
    talk = Talk(assistant)
    talk.say("What is the capital of Australia?")
    assert "Talk to a person" in talk.options
    talk.say("Talk to a person")
    assert talk.last and talk.last.outcome == Outcome.HANDOFF


@pytest.mark.parametrize(
    "words",
    ["I want to mend the lamp", "please, mend a lamp", "could you mend my lamp?", "I'd like to mend a lamp"],
)
def test_it_is_the_same_wish_however_it_is_put(assistant: Assistant, words: str) -> None:
    flow("mend the lamp", "mend my lamp")
    assert Talk(assistant).say(words) == "That is our own way."


@pytest.mark.parametrize("words", ["I do not want to mend the lamp", "never mend the lamp", "mend the sofa"])
def test_what_says_more_is_not(assistant: Assistant, words: str) -> None:
    flow("mend the lamp")
    assert Talk(assistant).say(words) != "That is our own way."
