"""B5: Redis is killed, away for a while, or emptied. It holds the only copy of nothing."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Callable

import pytest

from tests.conversations.client import Client
from tests.conversations.scripted import words
from tests.faults.stage import Stage, answered, ask_all, in_the_middle

Make = Callable[..., Stage]
FEW = pytest.param(3, id="few")
MANY = pytest.param(50, id="many", marks=pytest.mark.slow)


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 50])
def test_b5_redis_is_killed_and_comes_back(stage: Make, count: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        assert on.redis
        async with on.customers(count) as clients:
            await ask_all(clients, "count 200 at 50")
            await in_the_middle(clients)
            on.redis.kill()
            await asyncio.to_thread(on.redis.start)
            await answered(clients)
        return clients

    clients = stage(own_redis=True).play(scenario)
    for client in clients:
        assert client.said("assistant") == [words(200)]
        (attempts,) = client.streamed.values()
        assert set(attempts) == {1}  # the same attempt, not another


@pytest.mark.parametrize("count", [FEW, MANY])
def test_b5_redis_is_emptied(stage: Make, count: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        assert on.redis
        async with on.customers(count) as clients:
            await ask_all(clients, "count 200 at 50")
            await in_the_middle(clients)
            await asyncio.to_thread(on.redis.ask, "FLUSHALL")
            before = [len(client.turn["text"]) for client in clients if client.turn]
            await in_the_middle(clients, characters=max(before) + 100)  # it streams on
            await answered(clients)
        return clients

    stage(own_redis=True).play(scenario)


@pytest.mark.parametrize("seconds", [6, pytest.param(30, marks=pytest.mark.slow)])
def test_b5_without_redis_pages_are_served_and_questions_answered(stage: Make, seconds: int) -> None:
    async def scenario(on: Stage) -> list[Client]:
        assert on.redis
        async with on.customers(3) as clients:
            await ask_all(clients, "Hello")
            await answered(clients)
            on.redis.kill()
            gone = time.monotonic()
            await ask_all(clients, "And without Redis?")
            assert await answered(clients, count=2, within=20) < 15  # the database is asked every two seconds
            begun = time.monotonic()
            page = await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{on.port}/")
            assert page.status == 200
            assert time.monotonic() - begun < 3
            await asyncio.sleep(max(0, seconds - (time.monotonic() - gone)))
            await asyncio.to_thread(on.redis.start)
            await ask_all(clients, "count 60 at 50")
            await answered(clients, count=3, within=10)
            assert all(client.close_code is None for client in clients)  # sockets stayed open
        return clients

    clients = stage(own_redis=True).play(scenario)
    assert {len(client.said("customer")) for client in clients} == {3}
