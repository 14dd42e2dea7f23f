"""Conversations as customers have them, through the product's own doors, and moved to when they were."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from assistant.events import Answer, HandoffReason, Outcome, Route
from assistant.models import Assistant
from conversations import answering, handoff
from conversations.answering import Pace
from conversations.leases import Claim
from conversations.models import Conversation, Customer, Message, Turn
from conversations.receiving import receive
from conversations.settling import settle
from llm.pricing import Usage


def begin(assistant: Assistant, *, language: str = "en") -> Conversation:
    customer = Customer.objects.create(name="", language=language)
    return Conversation.objects.create(assistant=assistant, customer=customer, language=language)


def ask(
    conversation: Conversation,
    text: str = "Where is my parcel?",
    outcome: Outcome = Outcome.ANSWERED,
    *,
    kind: str = "knowledge",
    reason: HandoffReason | None = None,
    usage: Usage | None = None,
    articles: tuple[str, ...] = (),
    steps: tuple[str, ...] = (),
    passed: tuple[str, ...] = (),
    followed: tuple[int, ...] = (),
) -> Message:
    """A question and its answer. `followed`: rows of guidance."""
    said = receive(conversation_id=conversation.pk, text=text, client_id=uuid4()).message
    turn = Turn.objects.get(question=said)
    Turn.objects.filter(pk=turn.pk).update(state=Turn.State.RUNNING, attempt=1, worker="w")
    found = tuple({"document": 1, "external_id": article} for article in articles)
    notes = tuple({"row": row, "hit": True, "did": "prompt", "text": ""} for row in followed)
    model = usage.model if usage else ""
    route = Route(kind, "en", passages=found, steps=steps, passed=passed, guidance=notes, model=model)
    answer = Answer("So", outcome, "en", route=route, usage=usage, handoff_reason=reason)
    claim = Claim(turn=turn.pk, conversation=conversation.pk, attempt=1, worker="w")
    assert answering.store(claim, answer=answer, pace=Pace(timezone.now(), timezone.now()))
    return Message.objects.get(turn=turn)


def reply(conversation: Conversation, user: User) -> None:
    handoff.reply_as_person(conversation_id=conversation.pk, user=user, text="Here I am", client_id=uuid4())


def settled(conversation: Conversation) -> None:
    assert settle(conversation_id=conversation.pk)


def moved(conversation: Conversation, begun: datetime) -> None:
    """As if it had begun then: all that was said in it, in its order."""
    now = timezone.now()
    for place, message in enumerate(conversation.messages.order_by("seq")):
        at = begun + timedelta(seconds=place)
        Message.objects.filter(pk=message.pk).update(created_at=at)
    last = conversation.messages.filter(kind__in=["customer", "assistant", "person"]).latest("seq")
    values: dict[str, Any] = {"created_at": begun, "last_message_at": last.created_at, "uncounted": True}
    Conversation.objects.filter(pk=conversation.pk).update(**values)
    assert begun <= now
