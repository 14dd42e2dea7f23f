"""Messages that the router was unsure about, or that customers put right, become examples once approved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.models import Assistant
from assistant.routing import samples
from conversations.models import Conversation, Customer, Message, Trace, Turn
from conversations.posting import record
from tests.assistant.talking import Talk
from tests.training.test_trainings import with_gifts
from training import running
from training.customers import collecting
from training.customers.rows import CustomerExample
from training.models import Policy, Training

pytestmark = [pytest.mark.django_db(transaction=True)]
UNSURE = {"flow": "return_item", "sure": False, "close": ["return_item", "order_status"], "likely": 0.3}
SURE = {"flow": "return_item", "sure": True, "close": ["return_item"], "likely": 0.9}
OFFER = [{"label": "Return an item", "text": "Return an item"}]


@pytest.fixture
def talk(assistant: Assistant) -> Conversation:
    Policy.objects.update_or_create(pk=1, defaults={"looked_until": 1})
    Message.objects.all().delete()
    return Conversation.objects.create(
        assistant=assistant, customer=Customer.objects.create(name="Carla Petit")
    )


def say(talk: Conversation, text: str, *, routed: dict[str, Any] | None = None, options: Any = (),
        passed: tuple[str, ...] = ()) -> Message:  # fmt: skip
    """A question and its answer, a while ago."""
    with record(talk.pk) as writing:
        question = writing.post(kind=Message.Kind.CUSTOMER, text=text, client_id=uuid4())
        turn = Turn.objects.create(conversation=talk, question=question, state="done")
        answer = writing.post(
            kind=Message.Kind.ASSISTANT, text="…", turn=turn, options=list(options), language="en"
        )
    Trace.objects.create(message=answer, route={"routed": routed or {}, "passed": list(passed)})
    Message.objects.update(created_at=timezone.now() - timedelta(hours=1))
    return answer


def noted() -> list[tuple[str, str, str]]:
    collecting.collect()
    return list(CustomerExample.objects.order_by("pk").values_list("text", "reason", "suggested"))


def test_the_answer_says_what_the_router_thought(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("could somebody maybe take this lamp back somehow")
    assert talk.last and talk.last.route
    routed = talk.last.route.routed
    assert set(routed) == {"flow", "sure", "close", "likely"} and 0 <= routed["likely"] <= 1


def test_what_it_was_unsure_about_is_noted_without_personal_data(talk: Conversation) -> None:
    say(talk, "carla.petit@example.org wants it taken back", routed=UNSURE)
    say(talk, "what does shipping cost", routed={})
    [(text, reason, suggested)] = noted()
    assert "example.org" not in text and text.endswith("wants it taken back")
    assert (reason, suggested) == ("unsure", "")
    assert noted() == [(text, reason, suggested)]  # it is looked at once


def test_the_flow_that_the_customer_chose_is_suggested(talk: Conversation) -> None:
    say(talk, "this one is not what I wanted", routed=UNSURE, options=OFFER)
    say(talk, "Return an item", passed=("begun return_item@1/order",))
    assert noted() == [("this one is not what I wanted", "taken", "return_item")]


def test_a_flow_that_was_left_at_once_is_noted(talk: Conversation) -> None:
    say(talk, "my lamp came back", routed=SURE, passed=("begun return_item@1/order",))
    say(talk, "no, stop that", passed=("cancelled return_item@1/order",))
    assert noted() == [("my lamp came back", "left", "")]


def test_a_flow_that_was_walked_is_nothing_to_ask_about(talk: Conversation) -> None:
    say(talk, "send the lamp back", routed=SURE, passed=("begun return_item@1/order",))
    say(talk, "KRHL-12345", passed=("done return_item@1/order",))
    assert noted() == []


def test_what_was_said_just_now_waits_for_what_comes_next(talk: Conversation) -> None:
    say(talk, "take it back?", routed=UNSURE)
    Message.objects.update(created_at=timezone.now())
    assert noted() == []
    Message.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert len(noted()) == 1


def test_the_same_words_are_asked_about_once(talk: Conversation) -> None:
    say(talk, "take it back?", routed=UNSURE)
    say(talk, "Take it back?", routed=UNSURE)
    assert len(noted()) == 1


def test_what_waits_goes_with_the_conversation_and_what_was_approved_stays(talk: Conversation) -> None:
    say(talk, "take it back?", routed=UNSURE)
    say(talk, "and the other one?", routed=UNSURE)
    noted()
    CustomerExample.objects.filter(text="take it back?").update(state="approved", label="return_item")
    talk.delete()
    assert [text for text, _reason, _flow in noted()] == ["take it back?"]


def test_one_click_makes_it_an_example_that_is_learned(
    client: Client, editor: User, flows: None, talk: Conversation
) -> None:
    with_gifts()
    said = "something nice that she can choose herself in your shop"
    say(talk, said, routed={**UNSURE, "close": ["gift_card"]})
    noted()
    page = client.get("/staff/training/messages/").content.decode()
    assert said in page and 'value="gift_card"' in page
    example = CustomerExample.objects.get()
    assert said not in {sample.text for sample in samples.gather()}  # nothing is learned unapproved
    decide(client, example, wish="gift_card")
    assert samples.Sample(said, "gift_card", "en") in samples.gather()
    assert running.train_if_changed()
    newest = Training.objects.first()
    assert newest and newest.learned_from["gift_card"]["en"] == 8  # six, the name, and this one
    assert said in client.get("/staff/training/messages/?show=approved").content.decode()
    assert AuditEntry.objects.filter(action="approved", who=editor).get().label.startswith("#")
    decide(client, example, wish="back")
    assert said not in {sample.text for sample in samples.gather()}


def decide(client: Client, example: CustomerExample, **posted: str) -> str:
    response = client.post(f"/staff/training/messages/{example.pk}/decide/", posted, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_what_begins_no_flow_is_the_knowledges(client: Client, editor: User, flows: None) -> None:
    example = CustomerExample.objects.create(text="does a lamp live long", language="en")
    decide(client, example, wish="none")
    assert samples.Sample("does a lamp live long", samples.KNOWLEDGE) in samples.gather()


def test_other_words_and_another_flow_may_be_chosen(client: Client, editor: User, flows: None) -> None:
    example = CustomerExample.objects.create(text="the thing again", language="en")
    shown = decide(client, example, wish="flow", flow="", text="send the lamp back again")
    assert "Choose a flow" in shown
    assert "Choose a flow" in decide(client, example, wish="flow", flow="no_such_flow")
    decide(client, example, wish="flow", flow="return_item", text=" send the   lamp back again ")
    example.refresh_from_db()
    assert (example.text, example.label, example.state) == (
        "send the lamp back again",
        "return_item",
        "approved",
    )


def test_an_example_of_a_flow_that_is_gone_teaches_nothing(client: Client, editor: User, flows: None) -> None:
    CustomerExample.objects.create(text="bring me a pizza", label="pizza", state="approved")
    assert "bring me a pizza" not in {sample.text for sample in samples.gather()}
    assert "it teaches nothing now" in client.get("/staff/training/messages/?show=approved").content.decode()
