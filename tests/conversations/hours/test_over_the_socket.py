"""The wish for a person is answered once over the socket, however often it is sent."""

from __future__ import annotations

import asyncio

from conversations.models import Message
from tests.conversations.client import Client
from tests.conversations.hours.conftest import NEVER, set_hours
from tests.conversations.test_what_a_viewer_sees import act


def test_a_wish_that_is_repeated_brings_the_same_form(port: int) -> None:
    set_hours(NEVER)

    async def scenario() -> None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            assert carla.conversation["people"]["there"] is False
            await carla.say({"type": "human"})
            await carla.until(lambda: len(carla.said("assistant")) == 1)
            await carla.say({"type": "human"})
            await carla.say({"type": "human"})
            await carla.ask("hello")
            await carla.until(lambda: len(carla.said("assistant")) == 2)
            assert await act(lambda: Message.objects.filter(data__has_key="leaving").count()) == 1

    asyncio.run(scenario())
