"""B2, B3, B4, B6, B9: processes die, are paused, are stopped; nothing is lost and nothing is paid twice."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable

import aiohttp
import pytest
from django.conf import settings

from conversations.models import Turn
from tests.conversations.client import Client
from tests.conversations.scripted import words
from tests.faults.stage import Stage, answered, ask_all, in_the_middle

Make = Callable[..., Stage]
SWEEP_AND_FIRST_WORDS = 6.0  # seconds: two on a quiet machine
FEW = pytest.param(4, id="few")
MANY = pytest.param(50, id="many", marks=pytest.mark.slow)


async def a_second_attempt(clients: list[Client]) -> None:
    """Until every customer sees words of another attempt. How long that may take, a test says for itself."""

    def seen(client: Client) -> bool:
        return bool(client.turn and client.turn["attempt"] > 1 and client.turn["text"])

    await asyncio.gather(*(client.until(lambda c=client: seen(c), within=60) for client in clients))


async def in_thread(action: Callable[[], None]) -> None:
    await asyncio.to_thread(action)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_b2_a_killed_web_process_costs_no_answer_and_no_second_request(stage: Make, count: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(count) as clients:
            await ask_all(clients, "count 120 at 50")
            await in_the_middle(clients)
            await in_thread(on.web.restart_after_kill)
            await answered(clients)
        return clients

    clients = stage().play(scenario)
    assert {tuple(client.said("assistant")) for client in clients} == {(words(120),)}
    assert Turn.objects.filter(attempt=1, state="done").count() == count


@pytest.mark.slow
@pytest.mark.parametrize("count", [4, 50])
def test_b3_a_killed_responder_is_replaced_by_another_attempt(stage: Make, count: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(count) as clients:
            await ask_all(clients, "count 120 at 50")
            await in_the_middle(clients)
            await in_thread(on.responders[0].restart_after_kill)
            await a_second_attempt(clients)
            await answered(clients)
        return clients

    clients = stage().play(scenario, retries=count)
    assert {tuple(client.said("assistant")) for client in clients} == {(words(120),)}


def test_b3_with_a_second_responder_nobody_has_to_start_one(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(4) as clients:
            # It is there, and asleep: so it is known who answers first, however long a start takes here.
            await in_thread(on.spare.start)
            on.spare.send(signal.SIGSTOP)
            await ask_all(clients, "count 250 at 40")
            await in_the_middle(clients)
            await in_thread(on.responders[0].kill)
            killed = time.monotonic()
            on.spare.send(signal.SIGCONT)
            await a_second_attempt(clients)
            assert time.monotonic() - killed < settings.TURN_LEASE_SECONDS + SWEEP_AND_FIRST_WORDS
            await answered(clients)
        return clients

    stage().play(scenario, retries=4)


def test_b4_a_responder_that_comes_back_from_the_dead_is_not_heard(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(4) as clients:
            await ask_all(clients, "count 250 at 40")
            await in_the_middle(clients)
            for zombie in on.responders:
                zombie.send(signal.SIGSTOP)
            await in_thread(on.spare.start)
            await in_the_middle(clients)
            await a_second_attempt(clients)
            for zombie in on.responders:
                zombie.send(signal.SIGCONT)
            await answered(clients)
        return clients

    for client in stage().play(scenario, retries=4):
        assert client.said("assistant") == [words(250)]


@pytest.mark.parametrize("count", [FEW, MANY])
def test_b6_everything_is_killed_and_starts_again(stage: Make, count: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(count) as clients:
            await ask_all(clients, "count 120 at 50")
            await in_the_middle(clients)
            for child in on.children:
                child.kill()
            assert on.redis
            on.redis.kill()
            await in_thread(on.redis.start)
            for child in on.children:
                await in_thread(child.start)
            assert await answered(clients) < 15
        return clients

    stage(own_redis=True).play(scenario, retries=count)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_b9_a_deploy_in_the_middle_of_answers_loses_nothing(stage: Make, count: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(count) as clients:
            await ask_all(clients, "count 200 at 50")
            await in_the_middle(clients)
            begun = time.monotonic()
            for child in on.children:
                child.send(signal.SIGTERM)
            for child in on.children:
                await in_thread(child.wait)
            assert time.monotonic() - begun < 10
            assert {client.close_code for client in clients} == {1012}
            assert all(client.events("reconnect") for client in clients)
            for child in on.children:
                await in_thread(child.start)
            await answered(clients)
        return clients

    stage().play(scenario)


def test_b9_a_process_that_ends_lets_nobody_in_and_answers_whom_it_has_let_in(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with aiohttp.ClientSession() as visitor, on.customers(1) as clients:
            page = f"http://127.0.0.1:{on.port}/"
            assert (await visitor.get(page)).status == 200  # its connection is kept
            on.web.send(signal.SIGTERM)
            await clients[0].until(lambda: bool(clients[0].events("reconnect")))
            last = await visitor.get(page)
            assert (last.status, last.headers["Connection"]) == (200, "close")
            with pytest.raises(aiohttp.ClientConnectionError):
                await visitor.get(page)
            begun = time.monotonic()
            assert await asyncio.to_thread(on.web.wait) == 0
            assert time.monotonic() - begun < 3
        return []

    stage().play(scenario)


@pytest.mark.slow
def test_b9_an_answer_that_takes_longer_than_the_farewell_is_given_back(stage: Make) -> None:
    async def scenario(on: Stage) -> list[Client]:
        async with on.customers(1) as clients:
            await ask_all(clients, "count 100 at 10")
            await in_the_middle(clients, characters=10)
            on.responders[0].send(signal.SIGTERM)
            assert await asyncio.to_thread(on.responders[0].wait, 10) == 0
            await in_thread(on.responders[0].start)
            await clients[0].until(
                lambda: bool(clients[0].turn and clients[0].turn["attempt"] == 2), within=5
            )
            await answered(clients)
        return clients

    stage().play(scenario, retries=1)
