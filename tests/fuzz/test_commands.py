"""Anything that can be said over a socket is obeyed or refused, and nobody else notices."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.models import Message, Turn
from tests.access.sockets import Line, cookies_of, opened
from tests.access.test_commands import token
from tests.access.world import ADMIN, World, build
from tests.conversations import processes
from tests.fuzz.commands import commands
from tests.fuzz.values import fuzz

AT_ONCE = 25  # fewer than a socket may send in a burst
# "unavailable" would be our fault.
REFUSALS = {
    "invalid",
    "bad_address",
    "too_long",
    "too_fast",
    "not_found",
    "not_allowed",
    "file_gone",
    "form_gone",
    "form_empty",
}
PLACES = ["chat/", "staff/{carla}/", "staff/inbox/", "staff/bell/"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def web_process(django_db_setup: None, django_db_blocker: object, folder: Path) -> Any:
    web = processes.web(folder)
    with processes.running(web):
        yield web.port


@pytest.fixture
def world(web_process: int, transactional_db: None) -> World:
    """Carla's last question still waits for its answer: there is something to stop and to supersede."""
    world = build()
    Turn.objects.filter(pk=world.turn.pk).update(state="queued")
    return world


async def attack(line: Line, said: list[dict[str, Any]]) -> None:
    for command in said:
        await line.say(orjson.dumps(command).decode())
    before = len(line.events("pong"))
    await line.say({"type": "ping"})
    assert await line.hear(lambda: len(line.events("pong")) > before), line.socket.close_code


@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_said_is_obeyed_or_refused_and_nobody_else_notices(
    world: World, web_process: int, folder: Path, place: str
) -> None:
    how: dict[str, Any] = (
        {"tokens": (token(world.carla),)} if place == "chat/" else {"cookies": cookies_of(world, ADMIN)}
    )
    ids = [world.turn.pk, world.answer.pk, world.answer.seq, 0]
    path, uuids = (
        place.format(carla=world.carla.pk),
        [str(world.carla.pk), "0d0b4f0a-8f3c-4c9e-9d36-1d4a5f0b7a11"],
    )

    async def scenario(said: list[dict[str, Any]]) -> None:
        async with opened(web_process, "chat/", tokens=(token(world.bruno),)) as bystander:
            assert isinstance(bystander, Line)
            async with opened(web_process, path, **how) as line:
                assert isinstance(line, Line)
                await attack(line, [{"type": "resume", "seq": 0}, *said])
                assert {error["code"] for error in line.events("error")} <= REFUSALS, said
            bystander.frames.clear()
            await bystander.settle()
            assert bystander.frames == ['{"type":"pong"}']

    @fuzz(25)
    @given(st.lists(commands(ids, uuids).filter(sendable), max_size=AT_ONCE))
    def say(said: list[dict[str, Any]]) -> None:
        asyncio.run(scenario(said))

    before = Message.objects.count()
    say()
    right = {"type": "message", "client_id": str(uuid4()), "text": "Hello"}
    asyncio.run(scenario([right]))  # after all of it
    obeyed = place not in ("staff/inbox/", "staff/bell/")
    assert (Message.objects.count() > before) is obeyed
    log = (folder / "web.log").read_text()
    assert "Traceback" not in log, log[-3000:]


def sendable(command: dict[str, Any]) -> bool:
    """Numbers that JSON can carry."""
    try:
        return bool(orjson.dumps(command))
    except TypeError:
        return False
