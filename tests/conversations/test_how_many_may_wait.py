"""A queue has an end: beyond it customers are told at once that it is too long."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from assistant.models import Assistant
from conversations.live import LogWriter, presence
from conversations.live.connections import quick
from conversations.models import Conversation, Customer, Turn
from conversations.receiving import receive
from conversations.responder.queueing import Places


@pytest.fixture
def alone(nobody_answers: None) -> None:
    quick().delete(presence.HERE)


def ask(assistant: Assistant, count: int) -> None:
    for _ in range(count):
        conversation = Conversation.objects.create(assistant=assistant, customer=Customer.objects.create())
        receive(conversation_id=conversation.pk, text="Hello", client_id=uuid4())


def states() -> list[str]:
    return list(Turn.objects.order_by("pk").values_list("state", flat=True))


def tell(name: str, *, permits: int) -> None:
    async def once() -> None:
        await Places(LogWriter(), name=name, permits=permits).tell()

    asyncio.run(once())


def test_the_permits_of_all_responders_that_are_there_count(alone: None, monkeypatch: Any) -> None:
    assert presence.permits_together("one", 2) == 2
    assert presence.permits_together("two", 3) == 5
    assert presence.permits_together("one", 2) == 5
    presence.leave("two", 3)
    assert presence.permits_together("one", 2) == 2
    monkeypatch.setattr(presence, "FORGET_AFTER", -3)  # who spoke a moment ago is silent already
    assert presence.permits_together("one", 2) == 0


@pytest.mark.django_db(transaction=True)
def test_two_responders_let_more_wait_than_one(assistant: Assistant, alone: None) -> None:
    ask(assistant, 21)
    presence.permits_together("another", 1)
    tell("this", permits=1)
    assert states() == ["queued"] * 20 + ["failed"]
    presence.leave("another", 1)
    tell("this", permits=1)
    assert states() == ["queued"] * 10 + ["failed"] * 11
    assert {turn.error for turn in Turn.objects.filter(state="failed")} == {"busy"}


@pytest.mark.django_db(transaction=True)
def test_the_installation_may_set_the_limit(assistant: Assistant, alone: None, settings: Any) -> None:
    settings.QUEUE_LIMIT = 2
    ask(assistant, 3)
    tell("this", permits=50)
    assert states() == ["queued", "queued", "failed"]
