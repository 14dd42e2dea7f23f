"""Over a socket: the first message is refused until what has to be answered is, however often it is sent."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from assistant.models import Assistant
from conversations.consumers.reading import Problem, parse
from conversations.models import Customer, Introduction, Message
from conversations.protocol import Introduce
from tests.conversations.client import Client
from tests.conversations.introducing.conftest import asks_everything


def test_the_first_message_waits_for_the_answers(port: int, assistant: Assistant) -> None:
    asks_everything(assistant)
    first, given = str(uuid4()), str(uuid4())

    async def scenario() -> list[dict[str, Any]]:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            await carla.say({"type": "message", "client_id": first, "text": "Hello"})
            await carla.say({"type": "human"})
            await carla.until(lambda: len(carla.events("error")) == 2)
            wrong = {"type": "introduce", "client_id": given, "values": {"email": "ann@"}}
            await carla.say(wrong)
            right = {**wrong, "values": {"email": "ann@example.org", "order": "A1"}}
            for _ in range(2):
                await carla.say(right)
            await carla.say({**right, "client_id": str(uuid4())})
            await carla.until(lambda: len(carla.events("error")) == 3)
            await carla.say({"type": "message", "client_id": first, "text": "Hello"})
            await carla.until(lambda: bool(carla.said("customer")))
            return [event for _, event in carla.history]

    told = asyncio.run(scenario())
    errors = [event for event in told if event["type"] == "error"]
    assert [error["code"] for error in errors] == ["questions_first", "questions_first", "form_gone"]
    assert errors[0]["client_id"] == first
    assert errors[0]["text"] == "Please answer the questions first. What you have written is kept."
    introduced = [event for event in told if event["type"] == "introduced"]
    assert [sorted(event["wrong"]) for event in introduced] == [["email"], [], []]
    assert introduced[0]["wrong"]["email"] == "We cannot send mail to this address. Please check it."
    assert {event["client_id"] for event in introduced} == {given}
    assert (Introduction.objects.count(), Customer.objects.get().email) == (1, "ann@example.org")
    assert Message.objects.filter(kind="customer").count() == 1


def test_the_command_has_limits() -> None:
    import orjson

    def frame(values: Any) -> str:
        return orjson.dumps({"type": "introduce", "client_id": str(uuid4()), "values": values}).decode()

    assert isinstance(parse(frame({})), Introduce)
    for values in ({str(n): "x" for n in range(11)}, {"name": "x" * 4001}, {"name": 7}, None):
        with pytest.raises(Problem):
            parse(frame(values))
