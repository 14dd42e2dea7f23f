"""The whole road: browser, web process, turn, responder, log, browser."""

from __future__ import annotations

import asyncio

from django.db import connection

from accounts.models import Role, User
from assistant.models import Assistant
from assistant.releases import serving
from assistant.releases.making import make
from conversations.models import Conversation, Message, Trace, Turn
from tests.conversations.client import Client
from tests.conversations.processes import eventually
from tests.conversations.scripted import words
from tests.conversations.test_what_a_viewer_sees import act


async def ask_and_wait(port: int, text: str) -> Client:
    async with Client(port) as client:
        await client.connect()
        await client.ask(text)
        await client.until(lambda: bool(client.said("assistant")))
    return client


def test_the_answer_is_seen_while_it_is_written_and_then_stored(port: int) -> None:
    client = asyncio.run(ask_and_wait(port, "count 60 at 40"))
    assert client.said("assistant") == [words(60)]
    assert [*client.streamed.values()] == [{1: words(60)}]
    assert len(client.events("turn.delta")) > 5
    message = Message.objects.get(kind="assistant")
    assert (message.text, message.outcome) == (words(60), "answered")
    turn = Turn.objects.get()
    assert turn.state == Turn.State.DONE
    assert turn.first_word_at is not None
    assert Trace.objects.get().total_ms > 300


def test_an_answer_says_which_release_has_given_it(port: int) -> None:
    staff = User.objects.create_user("edith", role=Role.EDITOR)
    release = make(Assistant.objects.get(), by=staff)
    serving.publish(release, by=staff)
    asyncio.run(ask_and_wait(port, "count 3 at 40"))
    assert Trace.objects.get().release == release
    serving.serve_settings(release.assistant, by=staff)
    asyncio.run(ask_and_wait(port, "count 3 at 40"))
    assert [trace.release_id for trace in Trace.objects.order_by("pk")] == [release.pk, None]


def test_the_state_of_the_conversation_is_carried_from_turn_to_turn(port: int) -> None:
    async def twice() -> None:
        async with Client(port) as client:
            await client.connect()
            for n in (1, 2):
                await client.ask(f"question {n}")
                await client.until(lambda n=n: len(client.said("assistant")) == n)

    asyncio.run(twice())
    assert Conversation.objects.get().state == {"turns": 2}


def test_the_message_comes_back_with_its_client_id_and_rendered(port: int) -> None:
    client = asyncio.run(ask_and_wait(port, "Hello <b>you</b>"))
    mine = next(m for m in client.messages.values() if m["kind"] == "customer")
    assert mine["client_id"] == client.acknowledged[0]
    assert "&lt;b&gt;you&lt;/b&gt;" in mine["html"]


def end_all_connections() -> None:
    """As when PostgreSQL is restarted: it says goodbye to web process and responder."""
    ended = connections_of_children(end=True)
    eventually(lambda: ended.isdisjoint(connections_of_children()), within=10, what="the end of connections")


def connections_of_children(*, end: bool = False) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pid, {'pg_terminate_backend(pid)' if end else 'true'} FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'child'"
        )
        return {pid for pid, _ in cursor.fetchall()}


def test_a_database_that_was_restarted_costs_nobody_a_question(port: int) -> None:
    async def scenario() -> Client:
        async with Client(port) as client:
            await client.connect()
            for n in (1, 2, 3):
                await client.ask(f"question {n}")
                await client.until(lambda n=n: len(client.said("assistant")) == n)
                await act(end_all_connections)
        return client

    client = asyncio.run(scenario())
    assert client.events("error") == []
    assert Message.objects.filter(kind="assistant").count() == 3
