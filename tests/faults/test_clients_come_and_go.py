"""B1, B10, B12, B17: browsers leave, come back, repeat themselves, or say nothing for a minute."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from uuid import uuid4

import pytest

from conversations.models import Message, Turn
from conversations.responder.service import PREPARING
from conversations.responder.work import LONGEST_PREPARING
from tests.conversations.client import Client
from tests.conversations.processes import eventually
from tests.conversations.scripted import words
from tests.conversations.test_what_a_viewer_sees import act
from tests.faults.stage import Stage, answered, ask_all, in_the_middle

Make = Callable[..., Stage]


@pytest.mark.parametrize(
    "seconds",
    [0.1, pytest.param(5, marks=pytest.mark.slow), pytest.param(70, marks=pytest.mark.slow)],
)
def test_b1_a_browser_that_was_away_goes_on_where_it_was(stage: Make, seconds: float) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with Client(on.port) as client, Client(on.port) as other:
            await client.connect()
            await client.ask("count 100 at 50")
            await in_the_middle([client])
            await client.drop()
            await asyncio.sleep(seconds)
            begun = time.monotonic()
            await client.connect()
            await client.until(lambda: len(client.events("snapshot")) == 2)
            assert time.monotonic() - begun < 2
            await answered([client])
            assert client.http and other.http  # another device: everything, once
            other.http.cookie_jar.update_cookies({c.key: c.value for c in client.http.cookie_jar})
            await other.connect()
            await answered([other])
            return [client, other]

    here = stage()
    clients = here.play(scenario)
    assert {tuple(client.said("assistant")) for client in clients[:1]} == {(words(100),)}
    assert here.requests() == 1


def test_b10_an_answer_is_finished_for_a_customer_who_has_left(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with Client(on.port) as client:
            await client.connect()
            await client.ask("count 60 at 50")
            await in_the_middle([client])
            await client.drop()
        return []

    here = stage()
    with here.running():
        asyncio.run(scenario(here))
        eventually(lambda: Turn.objects.filter(state="done").exists(), within=10, what="the answer")
        assert Message.objects.get(kind="assistant").text == words(60)
    assert here.requests() == 1


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_b12_a_message_sent_twice_from_two_tabs_is_one_message(stage: Make, times: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with Client(on.port) as tab, Client(on.port) as twin:
            await tab.connect()
            assert tab.http and twin.http
            twin.http.cookie_jar.update_cookies({c.key: c.value for c in tab.http.cookie_jar})
            await twin.connect()
            for n in range(1, times + 1):
                said = {"type": "message", "client_id": str(uuid4()), "text": f"question {n}"}
                await asyncio.gather(tab.say(said), twin.say(said), tab.say(said))
                await answered([tab, twin], count=n)
            return [tab, twin]

    here = stage()
    here.play(scenario)
    assert Message.objects.filter(kind="customer").count() == times
    assert here.requests() == times


@pytest.mark.slow
def test_b17_an_idle_socket_lives(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(3) as clients:
            await asyncio.sleep(65)
            assert [len(client.events("snapshot")) for client in clients] == [1, 1, 1]
            await ask_all(clients, "Still here?")
            await answered(clients)
        return clients

    stage().play(scenario)


def test_b17_an_idle_bell_outlives_the_time_out_of_the_redis_client(stage: Make) -> None:
    """redis-py 8 cuts a reader after five idle seconds unless told otherwise."""

    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(2) as clients:
            await asyncio.sleep(7)
            assert [len(client.events("snapshot")) for client in clients] == [1, 1]
            await ask_all(clients, "Still here?")
            assert await answered(clients) < 2  # by the bell, not by the slow look at the database
        return clients

    here = stage()
    here.play(scenario)
    assert "away" not in here.web.log() + here.responders[0].log()


def places(client: Client) -> set[int]:
    return {told["position"] for told in client.events("turn.progress") if told["code"] == "queued"}


def test_more_questions_than_permits_wait_and_are_told_their_place(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(6) as clients:
            first, waiting = clients[:2], clients[2:]
            await ask_all(first, "count 800 at 40")  # twenty seconds, for the others to be told
            await in_the_middle(first)
            await ask_all(waiting, "count 3 at 30")
            await asyncio.gather(*(client.until(lambda c=client: bool(places(c))) for client in waiting))
            assert {place for client in waiting for place in places(client)} == {1, 2, 3, 4}
            await answered(clients)
        return clients

    stage(permits=2).play(scenario)


def test_a_few_questions_are_prepared_at_a_time_unless_they_wait_for_a_server(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(PREPARING + 3) as clients:
            began = time.monotonic()
            await ask_all(clients, "think hard")
            async with asyncio.timeout(30):
                while on.requests() < PREPARING:  # noqa: ASYNC110  a file, which tells nobody
                    await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
            counted = await act(Turn.objects.filter(state=Turn.State.RUNNING).count)
            late = time.monotonic() - began > LONGEST_PREPARING  # a slow machine takes that long to ask
            assert counted == PREPARING or late, on.responders[0].log()
            async with asyncio.timeout(30):
                while on.requests() < len(clients):  # noqa: ASYNC110  as above
                    await asyncio.sleep(0.05)
            assert [client.said("assistant") for client in clients] == [[]] * len(clients)
            await answered(clients)
        return clients

    stage().play(scenario)


def test_who_waits_for_a_model_holds_nobody_up(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(5 * PREPARING) as clients:
            await ask_all(clients, "ask a model first")
            async with asyncio.timeout(3 * LONGEST_PREPARING):  # a few at a time, it would be four times
                while on.requests() < len(clients):  # noqa: ASYNC110  as above
                    await asyncio.sleep(0.05)
            assert [client.said("assistant") for client in clients] == [[]] * len(clients)
            await answered(clients)
        return clients

    stage().play(scenario)


def test_more_questions_than_may_wait_are_refused_politely(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(16) as clients:
            await ask_all(clients, "count 100 at 25")
            await asyncio.gather(*(
                client.until(lambda c=client: bool(c.turn or c.failed), within=10) for client in clients
            ))  # fmt: skip
            await asyncio.sleep(2)
            refused = [client for client in clients if client.failed]
            assert 1 <= len(refused) <= 5
            assert {client.failed["code"] for client in refused if client.failed} == {"busy"}
            for client in clients:
                if client.turn:
                    await client.say({"type": "stop", "turn": client.turn["id"]})
            await asyncio.sleep(1)
        return []

    stage(permits=1, queue_limit=10).play(scenario)
