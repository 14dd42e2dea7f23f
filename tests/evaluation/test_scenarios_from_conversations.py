"""A real conversation as a scenario: proposed without personal data, corrected, kept, played again."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message, Trace, Turn
from conversations.posting import record
from evaluation.models import Scenario, Suite
from evaluation.running import run_scenario
from evaluation.suites.from_conversation import proposed
from flows.graph import Graph
from flows.publishing import create_flow, publish
from tests.evaluation.runs.conftest import HELLO

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talked(ada: Assistant) -> Message:
    """Carla greets, leaves her address, and is handed over; a colleague and a note come in between."""
    customer = Customer.objects.create(name="Carla Winter")
    begun = Conversation.objects.create(assistant=ada, customer=customer, language="en")
    _say(begun, ["Say hello"], "Good day!", outcome="guided", steps=["hello@1/say"])
    with record(begun.pk) as writing:
        writing.post(kind=Message.Kind.NOTE, text="Carla calls every week")
        writing.post(kind=Message.Kind.PERSON, text="I am here, too.")
    answer = _say(
        begun, ["I am Carla Winter", "carla@web.example, a person please"], "One moment.", outcome="handoff"
    )
    _say(begun, ["Later words"], "Later answer.", outcome="answered")
    return answer


def _say(begun: Conversation, words: list[str], said: str, **facts: Any) -> Message:
    with record(begun.pk) as writing:
        asked = [writing.post(kind=Message.Kind.CUSTOMER, text=one) for one in words]
        turn = Turn.objects.create(conversation=begun, question=asked[-1], state="done")
        answer = writing.post(kind=Message.Kind.ASSISTANT, text=said, turn=turn, outcome=facts["outcome"])
    Trace.objects.create(message=answer, route={"steps": facts.get("steps", [])})
    return answer


def test_what_was_said_and_what_came_of_it_is_proposed(talked):
    script = proposed(talked)
    first, second = script.turns
    assert script.name == "Say hello" and script.situation == "handoff"
    assert (first.customer, first.expects.flow, first.expects.outcomes) == ("Say hello", "hello", ("guided",))
    assert second.customer == "I am Camille\ncamille@example.org, a person please"
    assert second.expects.handoff is True and second.notes == ("Then somebody of the team answered.",)


def test_it_is_corrected_and_kept_in_a_suite(talked, browser: Client):
    page = browser.get(f"/staff/evaluation/from/{talked.pk}/")
    assert "camille@example.org" in page.text and "web.example" not in page.text
    text = page.context["form"].initial["text"]
    wrong = browser.post(f"/staff/evaluation/from/{talked.pk}/", {"text": text.replace("turns:", "turnz:")})
    assert wrong.status_code == 422 and "turnz" in wrong.text and not Scenario.objects.exists()
    answer = browser.post(f"/staff/evaluation/from/{talked.pk}/", {"text": text, "new_suite": "October"})
    assert answer["Location"] == f"/staff/conversations/{talked.conversation_id}/"
    scenario = Scenario.objects.get()
    assert scenario.suite == Suite.objects.get() and scenario.suite.name == "October"
    assert (
        browser.get(f"/staff/evaluation/from/{talked.pk}/").context["form"].initial["suite"]
        == scenario.suite_id
    )


def test_it_is_played_again(talked, ada):
    publish(create_flow(Graph.model_validate(HELLO), author=None).pk, author=None)
    turned = run_scenario(proposed(talked), ada)
    assert [one.met for one in turned] == [True, True]


def test_what_cannot_be_a_scenario_is_begun_empty(ada, browser: Client):
    begun = Conversation.objects.create(assistant=ada, customer=Customer.objects.create())
    with record(begun.pk) as writing:
        answer = writing.post(kind=Message.Kind.ASSISTANT, text="Hello, how can I help?")
    page = browser.get(f"/staff/evaluation/from/{answer.pk}/")
    assert page.status_code == 200 and page.context["form"].initial["text"] == ""
    assert "Nothing could be proposed" in page.text


def test_staff_are_led_there_from_every_answer_and_customers_are_not(talked):
    shown = {
        audience: render_to_string(
            "conversations/_message_actions.html", {"message": talked, "audience": audience}
        )
        for audience in ("staff", "customer")
    }
    assert f"/staff/evaluation/from/{talked.pk}/" in shown["staff"]
    assert "/staff/evaluation/" not in shown["customer"]
