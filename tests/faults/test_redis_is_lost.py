"""B5: Redis is killed, away for a while, or emptied. It holds the only copy of nothing."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser

from accounts.models import User
from tests.conversations.client import Client
from tests.conversations.scripted import words
from tests.conversations.test_staff_watch import StaffClient
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


def test_b5_without_redis_staff_answer_and_nobody_is_known_to_be_there(stage: Make) -> None:
    sessions = [session_of(name) for name in ("marie", "paul")]

    async def scenario(on: Stage) -> list[Client]:
        assert on.redis
        async with on.customers(1) as (carla,):
            here = {"path": carla.conversation_id}
            marie, paul = (StaffClient(on.port, session=one, **here) for one in sessions)
            async with marie, paul:
                for one in (marie, paul):
                    await one.connect()
                await marie.until(lambda: others(marie) == ["paul"])
                on.redis.kill()
                await paul.say({"type": "typing", "what": "note"})
                reply = {"type": "message", "client_id": str(uuid4()), "text": "Paul here"}
                await paul.say(reply)
                for viewer in (carla, paul, marie):
                    await viewer.until(lambda who=viewer: who.said("person") == ["Paul here"])
                await marie.until(lambda: others(marie) == [])
                await asyncio.to_thread(on.redis.start)
                await marie.until(lambda: others(marie) == ["paul"])
            return [carla]

    stage(own_redis=True).play(scenario)


def session_of(name: str) -> str:
    browser = Browser()
    browser.force_login(User.objects.create_user(name))
    return str(browser.cookies["sessionid"].value)


def others(one: Client) -> list[str]:
    told = one.events("people.here")
    return [person["name"] for person in told[-1]["people"]] if told else ["?"]
