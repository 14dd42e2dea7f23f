"""Whatever is sent over a socket: an answer, never a crash, and nobody else is disturbed."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.consumers.reading import BURST, MAX_FRAME, Bucket, Problem, parse
from conversations.models import Message
from tests.conversations.client import Client

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=10,
)
TYPES = [
    "message",
    "resume",
    "earlier",
    "stop",
    "retry",
    "choose",
    "form",
    "rate",
    "typing",
    "human",
    "ping",
    "other",
]
NAMES = [
    "client_id",
    "text",
    "files",
    "seq",
    "before",
    "turn",
    "offset",
    "message",
    "option",
    "values",
    "score",
    "reason",
    "comment",
]
COMMANDS = st.dictionaries(st.sampled_from(NAMES), JSON).flatmap(
    lambda said: st.sampled_from(TYPES).map(lambda type_: {"type": type_, **said})
)


@settings(max_examples=400)
@given(st.one_of(st.text(), JSON.map(lambda it: orjson.dumps(it, option=orjson.OPT_NON_STR_KEYS).decode()
                                     if _small(it) else "{}")))  # fmt: skip
def test_any_text_is_a_command_or_a_problem(frame: str) -> None:
    accepted_or_refused(frame)


def _small(value: Any) -> bool:
    try:
        orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return False
    return True


@settings(max_examples=200)
@given(COMMANDS)
def test_any_command_like_thing_is_a_command_or_a_problem(said: dict[str, Any]) -> None:
    if _small(said):
        accepted_or_refused(orjson.dumps(said).decode())


def accepted_or_refused(frame: str) -> None:
    try:
        parse(frame)
    except Problem as problem:
        assert problem.code in {"invalid", "too_long"}


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (None, "invalid"),
        ("", "invalid"),
        ("x" * (MAX_FRAME + 1), "too_long"),
        ("[" * 10_000, "invalid"),
        ('{"type":"ping","extra":1}', "invalid"),
        ('{"type":"message","client_id":"00000000-0000-4000-8000-000000000000","text":"%s"}' % ("x" * 4001),
         "too_long"),
        ('"\ud800"', "invalid"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_for_a_reason(frame: str | None, code: str) -> None:
    with pytest.raises(Problem) as problem:
        parse(frame)
    assert problem.value.code == code


def test_a_bucket_lets_a_burst_through_and_then_so_many_a_second() -> None:
    now = 0.0
    bucket = Bucket(clock=lambda: now)
    assert sum(bucket.take() for _ in range(100)) == BURST
    now = 1.0
    assert sum(bucket.take() for _ in range(100)) == 10


def test_hostile_frames_disturb_neither_their_socket_nor_others(port: int) -> None:
    async def scenario() -> None:
        async with Client(port) as hostile, Client(port) as other:
            await hostile.connect()
            await other.connect()
            assert hostile.socket
            await hostile.socket.send_bytes(b"\xff\xfe\x00")
            for frame in ["", "null", "[]", "{}", '{"type":"resume","seq":-1}', '{"type":"stop","turn":99}',
                          '{"type":"rate","message":1,"score":2}', "[" * 9000, "x" * 20_000]:  # fmt: skip
                await hostile.socket.send_str(frame)
            await hostile.say({"type": "ping"})
            await hostile.until(lambda: bool(hostile.events("pong")))
            codes = {error["code"] for error in hostile.events("error")}
            assert codes <= {"invalid", "too_long"}
            await other.ask("Still there?")
            await other.until(lambda: bool(other.said("assistant")))

    asyncio.run(scenario())
    assert Message.objects.count() == 2


def test_a_flood_is_refused_and_then_closed(port: int) -> None:
    async def scenario() -> Client:
        async with Client(port) as client:
            await client.connect()
            for _ in range(400):
                await client.say({"type": "ping"})
            async with asyncio.timeout(10):
                while await client.read_one():
                    pass
            return client

    client = asyncio.run(scenario())
    assert client.close_code == 1008
    assert "too_fast" in {error["code"] for error in client.events("error")}


def test_nul_characters_are_dropped(port: int) -> None:
    async def scenario() -> list[str]:
        async with Client(port) as client:
            await client.connect()
            await client.ask("zero\x00width")
            await client.until(lambda: bool(client.said("assistant")))
            return client.said("customer")

    assert asyncio.run(scenario()) == ["zerowidth"]


def test_a_slow_reader_is_sent_away_before_it_fills_the_memory() -> None:
    from conversations.consumers.outbox import LIMIT, SLOW, Outbox

    async def scenario() -> list[dict[str, object]]:
        sent: list[dict[str, object]] = []
        gate = asyncio.Event()

        async def send(message: dict[str, object]) -> None:
            await gate.wait()
            sent.append(message)

        outbox = Outbox(send)
        for _ in range(LIMIT // 1000 + 2):
            outbox.offer("x" * 1000)
            await asyncio.sleep(0)
        gate.set()
        await asyncio.sleep(0.01)
        return sent

    sent = asyncio.run(scenario())
    assert len(sent) <= 2
    assert sent[-1] == {"type": "websocket.close", "code": SLOW}


def test_a_frame_for_which_nothing_has_to_wait_is_sent_whatever_its_size() -> None:
    from conversations.consumers.outbox import LIMIT, Outbox

    async def scenario() -> list[dict[str, object]]:
        sent: list[dict[str, object]] = []

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        outbox = Outbox(send)
        for size in (LIMIT + 1, LIMIT - 1):
            outbox.offer("x" * size)
        await asyncio.sleep(0.01)
        outbox.offer("x" * (LIMIT + 1))
        await asyncio.sleep(0.01)
        return sent

    assert {message["type"] for message in asyncio.run(scenario())} == {"websocket.send"}
