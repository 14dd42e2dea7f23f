"""What a colleague reads of a conversation that was handed over: made of the record, and kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import User
from actions.models import Call
from assistant.events import Answer, Citation, HandoffReason, Outcome, Route
from assistant.models import Assistant
from conversations import handoff
from conversations.inbox.briefing import line_of
from conversations.inbox.briefing_shown import briefed
from conversations.models import Conversation, Message
from conversations.posting import record
from conversations.viewing import look
from flows.models import Flow, FlowVersion
from flows.publishing import create_flow, publish, read
from tests.assistant.talking import Talk
from tests.conversations.test_one_owner import asked, claimed, stored
from tests.flows.shop import RETURN, flow

CARD = "4111 1111 1111 1111"


@pytest.fixture
def returns(assistant: Assistant) -> Flow:
    found = create_flow(flow(RETURN), author=None)
    FlowVersion.objects.create(flow=found, number=3, graph=found.draft)
    return found


def walked(**more: Any) -> Answer:
    """The reply with which a flow hands over."""
    route = Route(kind="flow", language="en", steps=("return@3/hello", "return@3/reason"), passed=())
    cited = Citation(1, 1, None, None, "", "Returns", "", "/help/returns", "en", "30 days", "30 days")
    given = {"handoff_reason": HandoffReason.POLICY, "route": route, "citations": (cited,)} | more
    return Answer("A person will help.", Outcome.HANDOFF, "en", **given)


def shown(conversation: Conversation, language: str = "en") -> dict[str, Any]:
    found = briefed(line_of(conversation), language)
    assert found is not None
    return found


def called(conversation: Conversation, action: str, state: str) -> None:
    Call.objects.create(action=action, conversation=str(conversation.pk), state=state, at=timezone.now())


def test_the_customers_words_what_was_tried_and_what_is_known(
    conversation: Conversation, returns: Flow
) -> None:
    asked(conversation, "My lamp came broken")
    stored(claimed(), Answer("I see.", Outcome.ANSWERED, "en"))
    asked(conversation, f"A1234, and my card is {CARD}")
    called(conversation, "find_order", Call.State.DONE)
    called(conversation, "make_label", Call.State.FAILED)
    assert stored(claimed(), walked(collected={"order": "A1234", "reason": "broken", "card": CARD}))
    told = shown(conversation)
    assert told["reason"] == "A rule asks for a person"
    assert told["said"] == ["My lamp came broken", "A1234, and my card is •••• 1111"]
    assert told["flows"] == [{"name": "Return an item", "step": "Reason"}]
    assert [one["title"] for one in told["articles"]] == ["Returns"]
    assert [(one["name"], one["came"]) for one in told["tools"]] == [
        ("Find order", "done"),
        ("Make label", "failed"),
    ]
    assert [(one["label"], one["value"]) for one in told["slots"]] == [
        ("Order number", "A1234"),
        ("Reason", "It is broken"),
        ("Card", "•••• 1111"),
    ]
    french = shown(conversation, "fr")
    assert french["flows"] == [{"name": "Retourner un article", "step": "Motif"}]
    assert french["slots"][1] == {"label": "Motif", "value": "Il est cassé"}


def test_it_stays_when_the_flow_is_gone_and_a_person_has_come(
    conversation: Conversation, returns: Flow, marie: User
) -> None:
    asked(conversation)
    stored(claimed(), walked(collected={"order": "A1234"}))
    before = shown(conversation)
    returns.delete()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    assert shown(conversation) == before


def test_what_was_before_the_assistant_had_it_back_is_not_told_again(
    conversation: Conversation, returns: Flow, marie: User
) -> None:
    asked(conversation, "The first question")
    called(conversation, "find_order", Call.State.DONE)
    stored(claimed(), walked())
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    handoff.hand_back(conversation_id=conversation.pk, user=marie)
    asked(conversation, "The second question")
    handoff.request_person(conversation_id=conversation.pk)
    told = shown(conversation)
    assert (told["said"], told["reason"]) == (["The second question"], "The customer asked for a person")
    assert (told["flows"], told["articles"], told["tools"]) == ([], [], [])


def test_who_asks_in_the_middle_of_a_flow_has_answered_something(
    conversation: Conversation, returns: Flow
) -> None:
    asked(conversation, "I want to send this back")
    with record(conversation.pk) as writing:
        frame = {"flow": "return", "version": 3, "node": "reason", "slots": {"order": "A1234"}}
        writing.conversation.state = {"flow": {"frames": [frame]}}
        writing.next_seq()
    handoff.request_person(conversation_id=conversation.pk)
    assert shown(conversation)["slots"] == [{"label": "Order", "value": "A1234"}]


def test_what_cannot_be_read_any_more_hands_over_all_the_same(
    conversation: Conversation, returns: Flow
) -> None:
    FlowVersion.objects.update(graph={"nodes": "?"})
    with record(conversation.pk) as writing:
        writing.conversation.state = {"flow": {"frames": [7]}}
        writing.next_seq()
    asked(conversation)
    assert stored(claimed(), walked(collected={"order": {"odd": []}, "nothing": None}))
    assert (shown(conversation)["flows"], shown(conversation)["slots"]) == ([], [])


def test_customers_never_read_of_it(conversation: Conversation, returns: Flow) -> None:
    asked(conversation, "My lamp came broken")
    stored(claimed(), walked(collected={"order": "A1234"}))
    seen = str(look(conversation.pk, audience="customer", language="en").messages)
    assert "A1234" not in seen and "brief" not in seen


def test_the_page_shows_it_as_text(conversation: Conversation, returns: Flow, marie: User) -> None:
    asked(conversation, "<script>alert(1)</script>")
    stored(claimed(), walked(collected={"order": "<b>A1234"}))
    http = Browser()
    http.force_login(marie)
    page = http.get(f"/staff/conversations/{conversation.pk}/").content.decode()
    assert "In the customer’s words" in page and "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;A1234" in page and "Return an item, up to “Reason”" in page
    assert "A rule asks for a person · <time" in page


def test_before_there_was_any_of_it_the_reason_is_shown(conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        writing.post_event("handoff", reason="policy")
    assert shown(conversation)["reason"] == "A rule asks for a person"
    about = {"customer": conversation.customer, "assistant": conversation.assistant}
    assert briefed(line_of(Conversation.objects.create(**about)), "en") is None


@pytest.mark.django_db(transaction=True)
def test_what_a_flow_knew_is_there_when_it_brings_in_a_person(assistant: Assistant) -> None:
    drawn = {
        "key": "own", "name": {"en": "Own"}, "examples": {"en": ["call the workshop"]}, "start": "order",
        "slots": {"order": {"label": {"en": "Order"}, "ask": {"en": "Which order?"}}},
        "nodes": [
            {"id": "order", "kind": "ask", "slot": "order", "next": "person"},
            {"id": "person", "kind": "handoff"},
        ],
    }  # fmt: skip
    publish(create_flow(read(drawn), author=None).pk, author=None)
    talk = Talk(assistant)
    talk.say("call the workshop")
    talk.say("A1234")
    assert talk.last and talk.last.outcome is Outcome.HANDOFF
    assert talk.last.collected == {"order": "A1234"}


def test_the_line_that_hands_over_keeps_it(conversation: Conversation) -> None:
    asked(conversation, "Hello")
    handoff.request_person(conversation_id=conversation.pk)
    line = Message.objects.get(data__code="person_requested")
    assert line.data["brief"]["said"] == ["Hello"]
