"""What happens just while a viewer looks is told right afterwards, and nothing is kept of who has gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.db import connection, transaction

from conversations import leases, turns
from conversations.consumers.inbox import ListWatcher
from conversations.consumers.outbox import Outbox, Send
from conversations.consumers.watching import Seat, Watcher
from conversations.database import in_database
from conversations.live import Hub
from conversations.models import Conversation, Turn
from conversations.protocol import Resume
from conversations.receiving import receive
from conversations.viewing import clocks, look
from tests.conversations.test_what_a_viewer_sees import act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nobody_answers")]
SOON = 3.0  # seconds: long before the hub's own look at the database


@pytest.fixture
def running(conversation: Conversation) -> Turn:
    """The turn of a question whose answer has begun."""
    receive(conversation_id=conversation.pk, text="Hello", client_id=uuid4())
    leases.claim(worker="somebody", limit=1)
    return Turn.objects.get()


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Whoever reads this table waits until the end of the block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def collecting(told: list[dict[str, Any]]) -> Send:
    async def send(message: dict[str, Any]) -> None:
        told.append(orjson.loads(message["text"]))

    return send


@asynccontextmanager
async def watching(conversation: Conversation) -> AsyncIterator[tuple[Hub, Watcher, list[dict[str, Any]]]]:
    """A viewer of the conversation, and the events it is told."""
    told: list[dict[str, Any]] = []
    hub = Hub(in_database(clocks))
    seat = Seat(conversation.pk, "customer", "en", check=lambda: None)
    watcher = Watcher(hub=hub, seat=seat, outbox=Outbox(collecting(told)))
    await asyncio.sleep(0.3)  # the hub has begun to listen
    yield hub, watcher, told
    watcher.part()
    await hub.close()


async def until_told(told: list[dict[str, Any]], type_: str) -> None:
    async with asyncio.timeout(SOON):
        while type_ not in [event["type"] for event in told]:  # noqa: ASYNC110 (a test may look again)
            await asyncio.sleep(0.02)


def test_an_answer_that_ends_while_a_viewer_first_looks_is_told_at_once(
    conversation: Conversation, running: Turn
) -> None:
    def stop_while_it_looks(looking: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
        with locked("conversations_message"):
            loop.call_soon_threadsafe(looking.set)
            time.sleep(0.5)
            with ThreadPoolExecutor(1) as other:
                other.submit(stop).result()
            time.sleep(0.3)

    def stop() -> None:
        turns.stop(conversation_id=conversation.pk, turn_id=running.pk)
        connection.close()

    async def scenario() -> None:
        async with watching(conversation) as (_, watcher, told):
            looking = asyncio.Event()
            blocking = asyncio.create_task(
                act(stop_while_it_looks, looking=looking, loop=asyncio.get_running_loop())
            )
            await looking.wait()
            await watcher.resume(Resume(type="resume"))
            await blocking
            await until_told(told, "turn.cancelled")
            snapshot = told[0]
            assert snapshot["turn"]["id"] == running.pk

    asyncio.run(scenario())


def test_who_leaves_while_the_log_is_read_for_the_first_time_is_forgotten(
    conversation: Conversation, running: Turn
) -> None:
    async def scenario() -> None:
        async with watching(conversation) as (hub, watcher, _):
            coming = asyncio.create_task(watcher.resume(Resume(type="resume")))
            async with asyncio.timeout(SOON):
                while not hub._follows:  # noqa: ASYNC110
                    await asyncio.sleep(0)
            watcher.part()
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
            assert not hub._follows

    asyncio.run(scenario())


def test_lists_are_read_again_while_the_bell_is_out_of_order_and_when_it_is_back(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conversations.live.hub.LOOK_SECONDS", 0.1)
    monkeypatch.setattr("conversations.live.hub.CHECK_SECONDS", 0.1)

    async def scenario() -> None:
        async with watching(conversation) as (hub, _, _):
            told: list[dict[str, Any]] = []
            lists = ListWatcher(hub=hub, outbox=Outbox(collecting(told)), user=1)
            await asyncio.sleep(0.5)
            assert told == []
            hub._gone()
            await until_told(told, "inbox.changed")
            assert {"type": "inbox.changed", "conversations": []} in told
            assert {"type": "notices.changed"} in told
            hub._back()
            told.clear()
            await until_told(told, "inbox.changed")
            lists.part()

    asyncio.run(scenario())


def test_the_turn_and_the_clock_are_of_one_moment(conversation: Conversation, running: Turn) -> None:
    def see() -> Any:
        try:
            return look(conversation.pk, audience="customer", language="en")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, locked("conversations_conversation"):
        seeing = other.submit(see)
        time.sleep(0.3)
        turns.stop(conversation_id=conversation.pk, turn_id=running.pk)
    sight = seeing.result()
    conversation.refresh_from_db()
    assert sight.live_turn is None or sight.seq < conversation.last_seq
