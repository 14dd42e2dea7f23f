"""What is tried in the emulator is what customers get: understood by the same function, in the same words."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.utils.html import strip_tags

from assistant.models import Assistant
from tests.assistant.emulating import Trial
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        ("en", ["I want to return order LP-2041170, it does not suit me", "by post", "no, in a shop"]),
        ("en", ["I'd like to send this back", "it's LP-2041170", "no sorry, LP-2041171", "banana", "2"]),
        ("en", ["I'd like to book a repair", "forget it", "hello", "make an appointment"]),
        ("fr", ["Je voudrais renvoyer ma commande", "LP-2041170", "un instant", "laisse tomber"]),
    ],
)
def test_the_same_words_bring_the_same_answers(
    assistant: Assistant, flows: None, language: str, messages: list[str]
) -> None:
    talk, trial = Talk(assistant, language), Trial("return_item", language=language)
    for words in messages:
        answered = talk.say(words)
        said = unescape(strip_tags(trial.say(words))).split()
        assert said == answered.split(), words
        frames = talk.state.get("flow", {}).get("frames", [])
        assert [frame["flow"] for frame in frames] == [flow["key"] for flow in trial.last["flows"]]


def test_each_command_of_a_message_is_told_with_its_means(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    trial.say("I want to return order LP-2041170, it does not suit me")
    assert trial.heard == [
        "Begins the flow “Return an item”",
        "Order number = LP-2041170",
        "Reason = It does not suit me",
    ]
    assert trial.how[0].startswith("the router is ")
    assert trial.how[1:] == ["from the words"] * 2


def test_the_name_of_a_flow_and_its_buttons_are_told_apart_from_words(
    assistant: Assistant, flows: None
) -> None:
    trial = Trial("return_item")
    trial.say("return an item")
    assert trial.how == ["its name was said"]
    trial.say("LP-2041170")
    trial.say("It does not suit me")
    assert (trial.heard, trial.how) == (["Reason = It does not suit me"], ["by the button"])


def test_a_correction_says_what_it_was(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    trial.say("I want to return order LP-2041170")
    assert "Noted" in trial.say("no sorry, it's LP-2041171")
    assert trial.heard == ["Order number = LP-2041171, no longer LP-2041170"]


def test_a_question_in_between_waits_for_the_answer(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    trial.say("I want to return a lamp")
    trial.say("How long does delivery take?")
    assert trial.heard == ["A question for the knowledge: “How long does delivery take?”"]
    assert trial.kinds[-1] == "answer"
    assert [flow["name"] for flow in trial.last["flows"]] == ["Return an item", "A question in between"]
    assert "order number" in trial.happen(answered=False)
    trial.say("LP-2041170")
    assert trial.last["slots"][0]["shown"] == "LP-2041170"


def test_a_day_and_its_hour_may_come_in_two_messages(assistant: Assistant, flows: None) -> None:
    nodes = [{"id": "when", "kind": "ask", "slot": "when", "next": ""}]
    slots = {"when": {"kind": "moment", "ask": {"en": "When?"}, "label": {"en": "When"}}}
    trial = Trial("return_item", nodes=nodes, slots=slots, start="when", layout={})
    trial.happen(start=True)
    assert "At what time" in trial.say("tomorrow")
    assert "At what time" in trial.heard[0]
    trial.say("at three in the afternoon")
    assert "15:00" in trial.heard[0]


def test_a_person_may_be_wanted_with_a_flow_and_without(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    trial.say("I want to talk to a person")
    assert trial.heard == ["The customer wants a person."] and "handover" in trial.kinds
    trial.say("I want to return a lamp")
    trial.say("an agent please")
    assert trial.heard == ["The customer wants a person"] and "handover" in trial.kinds


def test_small_talk_and_what_is_out_of_scope_are_answered_as_in_the_chat(
    assistant: Assistant, flows: None
) -> None:
    trial = Trial("return_item")
    assert "Hello" in trial.say("good morning")
    assert trial.heard == ["Small talk, and no flow is under way."]
    trial.say("I need legal advice")
    assert "Legal advice" in trial.heard[0]


def test_what_no_flow_is_concerned_with_goes_to_the_knowledge(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    trial.say("How long does delivery in Europe take?")
    assert trial.kinds == ["informed"]
    assert trial.heard == ["No flow is concerned: the knowledge is asked."]
    assert "sure of" in trial.how[0]


def test_it_answers_in_the_language_that_it_is_written_to(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    assert "numéro de commande" in trial.say("Je voudrais renvoyer ma commande")
    assert trial.language == "fr"
    assert "Pourquoi" in trial.say("LP-2041170")


def test_what_changes_something_is_confirmed_as_in_the_chat(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item")
    trial.say("I want to return order LP-2041170, it does not suit me")
    trial.say("by post")
    trial.say("lea@example.org")
    assert trial.last["waiting"] == "waits for yes or no"
    trial.say("yes please")
    assert trial.heard == ["The customer agrees"] and trial.kinds[-1] == "do"


WHO_AND_WHEN = {
    "start": "who",
    "slots": {},
    "nodes": [
        {
            "id": "who",
            "kind": "branch",
            "cases": [{"when": {"fact": "customer.verified", "op": "is", "value": True}, "next": "known"}],
            "next": "when",
        },
        {"id": "known", "kind": "say", "text": {"en": "I know you."}, "next": "when"},
        {
            "id": "when",
            "kind": "branch",
            "cases": [{"when": {"fact": "time.weekday", "op": "one_of", "value": [6, 7]}, "next": "closed"}],
            "next": "open",
        },
        {"id": "closed", "kind": "say", "text": {"en": "We are closed."}},
        {"id": "open", "kind": "say", "text": {"en": "We are open."}},
    ],
}


@pytest.mark.parametrize(
    ("supposed", "said"),
    [
        ({"at": "2026-12-19T10:00"}, "We are closed."),  # a Saturday
        ({"at": "2026-12-21T10:00", "verified": True}, "I know you. We are open."),
    ],
)
@pytest.mark.parametrize("begun", [{"start": True}, {"say": "I want to return an item"}])
def test_it_is_tried_as_somebody_at_a_time(
    assistant: Assistant, flows: None, begun: dict[str, Any], supposed: dict[str, Any], said: str
) -> None:
    trial = Trial("return_item", **supposed, **WHO_AND_WHEN)
    assert " ".join(strip_tags(trial.happen(**begun)).split()) == said


def test_a_time_that_is_none_is_told(assistant: Assistant, flows: None) -> None:
    trial = Trial("return_item", at="tomorrow")
    with pytest.raises(AssertionError, match="no day and hour"):
        trial.happen(start=True)
