"""Access is asked for at every step: whoever has lost it is told so by a close code, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.contrib.sessions.models import Session

from accounts.models import User
from chatbot.asgi import application
from conversations import handoff, live
from conversations.consumers.barring import GONE, SIGNED_OUT, Barred
from conversations.consumers.inbox import InboxConsumer
from conversations.consumers.staff import StaffConsumer
from conversations.live import Hub, Ring
from conversations.models import Conversation
from tests.conversations.client import Client
from tests.conversations.test_staff_watch import StaffClient
from tests.conversations.test_what_a_viewer_sees import act


async def close_code(client: Client) -> int | None:
    async with asyncio.timeout(8):
        while await client.read_one():
            pass
    return client.close_code


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_staff_who_lose_access_see_nothing_of_what_is_said_next(
    port: int,
    session: str,
    marie: User,
    change: dict[str, object],
) -> None:
    async def scenario() -> None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                await staff.until(lambda: bool(staff.conversation))
                await act(lambda: User.objects.filter(pk=marie.pk).update(**change))
                await carla.ask("A secret")
                assert await close_code(staff) == SIGNED_OUT
                assert staff.messages == {}
            await carla.until(lambda: bool(carla.said("assistant")))

    asyncio.run(scenario())


def test_staff_who_have_signed_out_cannot_answer_any_more(port: int, session: str) -> None:
    async def scenario() -> None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                await staff.until(lambda: bool(staff.conversation))
                await act(Session.objects.all().delete)
                await staff.ask("Hello")
                assert await close_code(staff) == SIGNED_OUT
                assert [error["code"] for error in staff.events("error")] == ["not_found"]
            await carla.say({"type": "resume", "seq": carla.seq})
            await carla.until(lambda: len(carla.events("snapshot")) == 2)
            assert carla.said("person") == []

    asyncio.run(scenario())


def test_staff_are_told_that_a_conversation_is_gone(port: int, session: str) -> None:
    async def scenario() -> int | None:
        async with StaffClient(port, session=session, path=str(uuid4())) as staff:
            await staff.connect(resume=False)
            return await close_code(staff)

    assert asyncio.run(scenario()) == GONE


def test_a_customer_whose_conversation_is_deleted_is_told_so(port: int) -> None:
    async def scenario() -> int | None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            await act(Conversation.objects.all().delete)
            await act(live.ring, ring=Ring(carla.conversation_id))
            return await close_code(carla)

    assert asyncio.run(scenario()) == GONE


@asynccontextmanager
async def sitting_at(path: str, session: str) -> AsyncIterator[ApplicationCommunicator]:
    """A socket of staff in this process. Not by Channels' own communicator: it leaves connections open."""
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    cookie = (b"cookie", f"sessionid={session}".encode())
    scope = {"type": "websocket", "path": path, "headers": [*headers, cookie], "subprotocols": []}
    socket = ApplicationCommunicator(application, scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(timeout=5))["type"] == "websocket.accept"
    yield socket
    await socket.send_input({"type": "websocket.disconnect", "code": 1005})
    await socket.wait(timeout=2)
    hub = Hub.running()
    assert hub
    await hub.close()


@pytest.mark.parametrize("consumer", [InboxConsumer, StaffConsumer])
def test_staff_who_only_look_are_asked_again_after_a_while(
    consumer: type[InboxConsumer] | type[StaffConsumer],
    session: str,
    conversation: Conversation,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(consumer, "check_every", 0.2)
    path = f"/ws/staff/{conversation.pk if consumer is StaffConsumer else 'inbox'}/"

    async def scenario() -> dict[str, object]:
        async with sitting_at(path, session) as socket:
            assert await socket.receive_nothing(timeout=0.5)
            await act(Session.objects.all().delete)
            return dict(await socket.receive_output(timeout=3))

    assert asyncio.run(scenario()) == {"type": "websocket.close", "code": SIGNED_OUT}


async def told(socket: ApplicationCommunicator) -> dict[str, Any]:
    """The next, but for who else is there, which is told whenever it is known."""
    while "people.here" in str(found := await socket.receive_output(timeout=3)):
        pass
    return dict(found)


def test_a_conversation_that_disappears_without_a_ring_is_noticed(
    session: str,
    conversation: Conversation,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("conversations.live.hub.CHECK_SECONDS", 0.2)

    async def scenario() -> dict[str, object]:
        async with sitting_at(f"/ws/staff/{conversation.pk}/", session) as socket:
            for command in ("resume", "ping"):  # obeyed one after the other: the pong says that all is done
                await socket.send_input({"type": "websocket.receive", "text": f'{{"type": "{command}"}}'})
            assert "snapshot" in (await told(socket))["text"]
            assert "pong" in (await told(socket))["text"]
            await act(Conversation.objects.all().delete)
            return await told(socket)

    assert asyncio.run(scenario()) == {"type": "websocket.close", "code": GONE}


def test_a_conversation_that_is_deleted_while_it_is_looked_at(
    marie: User, conversation: Conversation, transactional_db: None
) -> None:
    socket = StaffConsumer()
    socket.conversation, socket.scope = conversation.pk, {"session": None}
    socket.check = lambda: None  # type: ignore[method-assign]  # it was there a moment ago

    def deleted_meanwhile(conversation_id: UUID) -> None:
        Conversation.objects.all().delete()
        handoff.take_over(conversation_id=conversation_id, user=marie)

    with pytest.raises(Barred) as barred:
        async_to_sync(socket.act)(deleted_meanwhile)
    assert barred.value.close == GONE
