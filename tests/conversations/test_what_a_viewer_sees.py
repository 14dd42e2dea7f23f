"""Snapshot plus events equals a fresh snapshot, whatever happened in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from accounts.models import User
from conversations import handoff
from tests.conversations.client import Client
from tests.conversations.scripted import words


async def act(function: Callable[..., Any], **arguments: Any) -> Any:
    """Do something in the database from inside a scenario, leaving no connection behind."""

    def call() -> Any:
        try:
            return function(**arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(call)


async def fresh(client: Client, *, all_of_it: bool = False) -> dict[str, Any]:
    """What somebody sees who has just come (and scrolled back to the beginning), as the same customer."""
    async with Client(int(client.base.rsplit(":", 1)[1])) as other:
        assert other.http and client.http
        other.http.cookie_jar.update_cookies({c.key: c.value for c in client.http.cookie_jar})
        await other.connect()
        await other.until(lambda: bool(other.conversation))
        assert other.conversation_id == client.conversation_id
        if all_of_it:
            await other.scroll_back()
        return other.sight()


async def live_through(client: Client, marie: User) -> None:
    """A conversation with a bit of everything."""
    await client.ask("Hello")
    await client.until(lambda: len(client.said("assistant")) == 1)
    answer = next(m for m in client.messages.values() if m["kind"] == "assistant")
    await client.say({"type": "rate", "message": answer["id"], "score": -1, "reason": "incomplete"})
    await client.ask("please crash")
    await client.until(lambda: client.failed is not None)
    await client.ask("offer me something")
    await client.until(lambda: len(client.said("assistant")) == 2)
    offer = max(m["id"] for m in client.messages.values() if m["kind"] == "assistant")
    await client.say({"type": "choose", "client_id": str(uuid4()), "message": offer, "option": 0})
    await client.until(lambda: len(client.said("assistant")) == 3)
    await client.say({"type": "human"})
    await client.until(lambda: client.conversation["status"] == "waiting")
    conversation = UUID(client.conversation_id)
    await act(handoff.add_note, conversation_id=conversation, user=marie, text="secret")
    await act(
        handoff.reply_as_person, conversation_id=conversation, user=marie, text="I am here", client_id=uuid4()
    )
    await client.until(lambda: client.said("person") == ["I am here"])
    await act(handoff.hand_back, conversation_id=conversation, user=marie)
    await client.until(lambda: client.conversation["owner"] == "assistant")


def test_events_lead_to_what_a_fresh_snapshot_shows(port: int, marie: User) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            await client.connect()
            await live_through(client, marie)
            now = await fresh(client)
            await client.until(lambda: client.sight() == now)
            assert all(m["kind"] != "note" and "secret" not in m["html"] for m in now["messages"])

    asyncio.run(scenario())


def test_coming_back_brings_exactly_what_was_missed(port: int, marie: User) -> None:
    async def scenario() -> None:
        async with Client(port) as client, Client(port) as away:
            await client.connect()
            assert client.http and away.http
            away.http.cookie_jar.update_cookies({c.key: c.value for c in client.http.cookie_jar})
            await client.ask("Before")
            await client.until(lambda: len(client.said("assistant")) == 1)
            await away.connect()
            await away.until(lambda: len(away.said("assistant")) == 1)
            await away.drop()
            await live_through_more(client, marie)
            await away.connect()
            await away.until(lambda: away.seq >= client.seq)
            snapshots = away.events("snapshot")
            assert [s["whole"] for s in snapshots] == [True, False]
            assert "Before" not in [m["text"] for m in snapshots[1]["messages"]]
            assert away.sight() == client.sight()

    async def live_through_more(client: Client, marie: User) -> None:
        await client.ask("And now?")
        await client.until(lambda: len(client.said("assistant")) == 2)
        await client.say({"type": "human"})
        await client.until(lambda: bool(client.said("event")))

    asyncio.run(scenario())


def test_a_second_viewer_joins_in_the_middle_of_an_answer(port: int) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            client = await stack.enter_async_context(Client(port))
            await client.connect()
            await client.ask("count 200 at 40")
            await client.until(lambda: bool(client.turn and len(client.turn["text"]) > 40))
            late = await stack.enter_async_context(Client(port))
            assert late.http and client.http
            late.http.cookie_jar.update_cookies({c.key: c.value for c in client.http.cookie_jar})
            await late.connect()
            for viewer in (late, client):
                await viewer.until(lambda viewer=viewer: bool(viewer.said("assistant")))
            assert late.streamed == client.streamed == {late.messages_turn(): {1: words(200)}}

    asyncio.run(scenario())


def test_coming_back_in_the_middle_of_an_answer_sends_only_what_was_missed(port: int) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            await client.connect()
            await client.ask("count 200 at 40")
            await client.until(lambda: bool(client.turn and len(client.turn["text"]) > 60))
            had = client.turn["text"]
            await client.drop()
            await asyncio.sleep(0.3)
            await client.connect()
            await client.until(lambda: bool(client.said("assistant")))
            view = client.events("snapshot")[1]["turn"]
            assert view["offset"] == len(had)
            assert view["text"] and had + view["text"] == words(200)[: len(had) + len(view["text"])]
            assert client.streamed[view["id"]] == {1: words(200)}

    asyncio.run(scenario())


def test_a_newer_message_takes_the_place_of_the_running_answer(port: int) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            await client.connect()
            await client.ask("count 200 at 50")
            await client.until(lambda: bool(client.turn and client.turn["text"]))
            await client.ask("never mind")
            await client.until(
                lambda: bool(client.said("assistant")) and bool(client.events("turn.cancelled"))
            )
            assert client.said("assistant") == ["You said: never mind (2 messages)"]
            assert len(client.events("turn.cancelled")) == 1

    asyncio.run(scenario())


def test_stop_ends_the_answer_and_keeps_what_was_read(port: int) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            await client.connect()
            await client.ask("count 200 at 50")
            await client.until(lambda: bool(client.turn and len(client.turn["text"]) > 20))
            await client.say({"type": "stop", "turn": client.turn["id"]})
            await client.until(lambda: client.turn is None and bool(client.said("assistant")))
            (kept,) = client.said("assistant")
            assert len(kept) > 20 and words(200).startswith(kept)
            assert client.sight() == await fresh(client)

    asyncio.run(scenario())


def test_a_failed_answer_can_be_tried_again_also_after_a_reload(port: int) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            await client.connect()
            await client.ask("no model here")
            await client.until(lambda: client.failed is not None)
            assert (client.failed["code"], client.failed["retryable"]) == ("model_unavailable", True)
            assert (await fresh(client))["failed"]["code"] == "model_unavailable"
            await client.say({"type": "retry", "client_id": str(uuid4())})
            await client.until(lambda: len(client.events("turn.failed")) == 2)

    asyncio.run(scenario())


def test_an_answer_that_breaks_off_is_kept_as_partial_and_can_be_tried_again(port: int) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            await client.connect()
            await client.ask("count 5 at 50 then break")
            await client.until(lambda: client.failed is not None)
            assert client.failed["code"] == "interrupted"
            assert client.said("assistant") == [words(5)]
            assert client.sight() == await fresh(client)

    asyncio.run(scenario())
