"""Staff see a conversation as it is written, answer over the same socket, and are told which have changed."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from conversations.inbox import sharing
from tests.conversations.client import Client
from tests.conversations.scripted import words
from tests.conversations.test_what_a_viewer_sees import act


class StaffClient(Client):
    """The same protocol over a staff socket, known by the session."""

    def __init__(self, port: int, *, session: str, path: str) -> None:
        super().__init__(port)
        self._session, self._path = session, path

    async def connect(self, *, resume: bool = True) -> None:
        assert self.http
        self.socket = await self.http.ws_connect(
            f"{self.base}/ws/staff/{self._path}/",
            origin=self.base,
            headers={"Cookie": f"sessionid={self._session}"},
        )
        if resume:
            await self.say({"type": "resume", **self.position()})


def test_staff_see_the_answer_as_it_is_written_and_notes(port: int, session: str, marie: User) -> None:
    from conversations import handoff

    async def scenario() -> None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                await carla.ask("count 120 at 40")
                for viewer in (carla, staff):
                    await viewer.until(lambda v=viewer: bool(v.said("assistant")))
                assert staff.streamed == carla.streamed == {carla.messages_turn(): {1: words(120)}}
                note = {"conversation_id": UUID(carla.conversation_id), "user": marie, "text": "nice"}
                await act(handoff.add_note, **note)
                await staff.until(lambda: staff.said("note") == ["nice"])
                await carla.ask("bye")
                await carla.until(lambda: len(carla.said("assistant")) == 2)
                assert carla.said("note") == []

    asyncio.run(scenario())


def test_a_person_who_answers_over_the_socket_owns_the_conversation(port: int, session: str) -> None:
    async def scenario() -> None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.ask("count 200 at 50")
            await carla.until(lambda: bool(carla.turn and carla.turn["text"]))
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                said = {"type": "message", "client_id": str(uuid4()), "text": "Marie here"}
                await staff.say(said)
                await staff.say(said)
                for viewer in (carla, staff):
                    await viewer.until(lambda v=viewer: v.said("person") == ["Marie here"] and v.turn is None)
            assert carla.conversation["owner"] == "person"
            assert carla.conversation["person"] == "Marie"
            (half,) = carla.said("assistant")
            assert half and words(200).startswith(half)

    asyncio.run(scenario())


def test_each_side_sees_that_the_other_is_typing(port: int, session: str) -> None:
    async def scenario() -> list[dict[str, Any]]:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                await staff.until(lambda: bool(staff.conversation))
                await staff.say({"type": "typing"})
                await carla.until(lambda: bool(carla.events("typing")))
                await carla.say({"type": "typing"})
                await staff.until(lambda: bool(staff.events("typing")))
                return [carla.events("typing")[0], staff.events("typing")[0]]

    seen = asyncio.run(scenario())
    assert [(typing["who"], typing["name"]) for typing in seen] == [("person", "Marie"), ("customer", "")]


def test_lists_are_told_which_conversations_have_changed(port: int, session: str) -> None:
    async def scenario() -> None:
        async with Client(port) as carla, StaffClient(port, session=session, path="inbox") as inbox:
            await inbox.connect(resume=False)
            await carla.connect()
            await carla.ask("Hello")
            await inbox.until(lambda: bool(inbox.events("inbox.changed")))
            assert inbox.events("inbox.changed")[0]["conversations"] == [carla.conversation_id]

    asyncio.run(scenario())


def test_what_staff_may_not_say_over_their_socket_is_refused(port: int, session: str) -> None:
    async def scenario() -> str:
        async with StaffClient(port, session=session, path="inbox") as inbox:
            await inbox.connect(resume=False)
            await inbox.say({"type": "human"})
            await inbox.until(lambda: bool(inbox.events("error")))
            return str(inbox.events("error")[0]["code"])

    assert asyncio.run(scenario()) == "not_allowed"


def test_whoever_has_the_inbox_open_is_there_to_be_given_what_waits(
    port: int, marie: User, session: str
) -> None:
    async def scenario() -> None:
        async with StaffClient(port, session=session, path="inbox") as inbox:
            await inbox.connect(resume=False)
            await inbox.say({"type": "ping"})
            await inbox.until(lambda: bool(inbox.events("pong")))

    assert not sharing.there().exists()
    asyncio.run(scenario())
    assert [desk.user for desk in sharing.there()] == [marie]
