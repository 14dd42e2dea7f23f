"""A responder stops an answer only when it is over, whatever rings it hears and how late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest

from conversations.live import Ring
from conversations.models import Conversation, Message, Turn
from conversations.receiving import receive
from conversations.responder import Responder
from tests.conversations import processes
from tests.conversations.scripted import reply, words
from tests.conversations.test_what_a_viewer_sees import act

pytestmark = pytest.mark.django_db(transaction=True)


@asynccontextmanager
async def answering(conversation: Conversation) -> AsyncIterator[tuple[Responder, int]]:
    """A responder in this process, and the turn whose answer it has begun."""
    await act(receive, conversation_id=conversation.pk, text="count 50 at 50", client_id=uuid4())
    responder = Responder(reply=reply, permits=2)
    task = asyncio.create_task(responder.run())
    await eventually(lambda: Turn.objects.filter(state="running").exists())
    yield responder, await act(lambda: Turn.objects.get().pk)
    responder.stop()
    await task


async def eventually(condition: Callable[[], bool]) -> None:
    await act(processes.eventually, condition=condition, within=10, what="the answer")


def answered() -> bool:
    return Message.objects.filter(kind="assistant", text=words(50)).exists()


def test_rings_of_before_an_answer_do_not_stop_it(conversation: Conversation, nobody_answers: None) -> None:
    async def scenario() -> None:
        async with answering(conversation) as (responder, turn):
            for late in (
                Ring(str(conversation.pk), turn=turn - 1),
                Ring(str(conversation.pk), turn=0, ended=turn - 1),
                Ring(str(conversation.pk), turn=turn, ended=turn - 1),
                Ring(str(conversation.pk)),
            ):
                responder._hear(late)
            await eventually(answered)

    asyncio.run(scenario())
    assert Turn.objects.get().attempt == 1


@pytest.mark.parametrize("ahead", [{"turn": 10**9}, {"turn": 0}])
def test_an_answer_that_was_stopped_by_mistake_is_begun_again_at_once(
    conversation: Conversation, nobody_answers: None, ahead: dict[str, int], settings: Any
) -> None:
    settings.TURN_LEASE_SECONDS = 60.0

    async def scenario() -> None:
        async with answering(conversation) as (responder, turn):
            responder._hear(Ring(str(conversation.pk), ended=turn, **ahead))
            await eventually(answered)

    asyncio.run(scenario())
    assert Turn.objects.get().attempt == 2


def test_a_newer_question_stops_the_answer_to_the_one_before(
    conversation: Conversation, nobody_answers: None
) -> None:
    async def scenario() -> None:
        async with answering(conversation):
            await act(receive, conversation_id=conversation.pk, text="never mind", client_id=uuid4())
            await eventually(lambda: Message.objects.filter(kind="assistant").exists())

    asyncio.run(scenario())
    assert [turn.state for turn in Turn.objects.order_by("pk")] == ["superseded", "done"]
    assert not answered()
