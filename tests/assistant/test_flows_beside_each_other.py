"""Words begin the flow that they are about: none that only sounds alike, nor one of two that are mixed up."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.models import Assistant
from assistant.routing import asking
from flows.publishing import create_flow, publish, read
from tests.assistant.talking import Talk
from training import running

pytestmark = [pytest.mark.django_db(transaction=True)]

# As a bot from elsewhere brings it: few examples, and most of them another company's.
WORKSHOP: dict[str, Any] = {
    "key": "make_appointment",
    "name": {"en": "Make Appointment"},
    "examples": {
        "en": [
            "Can I setup an appointment to service my bike tomorrow at 2pm?",
            "Can you fix my road bike?",
            "Can I schedule service for 4pm tomorrow?",
            "My bike is broken",
            "I have a mountain bike that needs servicing",
            "I'd like to get my bike fixed",
            "I'd like to schedule an appointment for next Thursday",
        ]
    },
    "slots": {"date": {"kind": "date", "ask": {"en": "What day do you want to come in?"}}},
    "start": "date",
    "nodes": [{"id": "date", "kind": "ask", "slot": "date"}],
}


@pytest.fixture(autouse=True)
def nothing_believed() -> None:
    asking.read_anew()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I want to cancel my order"),
        ("en", "cancel my order please"),
        ("en", "cancel the order I placed yesterday"),
        ("fr", "je veux annuler ma commande"),
        ("fr", "je voudrais modifier ma commande"),
    ],
)
def test_an_order_is_no_appointment(assistant: Assistant, flows: None, language: str, text: str) -> None:
    talk = Talk(assistant, language)
    answer = talk.say(text)
    assert "KRHL-48273" not in answer and not talk.state.get("flow", {}).get("frames")


@pytest.mark.parametrize(
    "text", ["I want to cancel my appointment", "please cancel my booking", "call it off"]
)
def test_an_appointment_is_still_cancelled(assistant: Assistant, flows: None, text: str) -> None:
    talk = Talk(assistant)
    talk.say(text)
    assert [frame["flow"] for frame in talk.state["flow"]["frames"]] == ["change_appointment"]


def test_an_imported_flow_does_not_take_what_another_may_mean_as_well(
    assistant: Assistant, flows: None
) -> None:
    publish(create_flow(read(WORKSHOP), author=None).pk, author=None)
    running.train_if_changed()
    asking.read_anew()
    talk = Talk(assistant)
    talk.say("move it to Thursday")
    assert {"Make Appointment", "Change an appointment"} <= {*talk.options}
    for text, begins in (("book an appointment", "book_appointment"), ("fix my bike", "make_appointment")):
        talk = Talk(assistant)
        talk.say(text)
        assert [frame["flow"] for frame in talk.state["flow"]["frames"]] == [begins]
