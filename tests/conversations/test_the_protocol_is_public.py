"""The public schema describes every event that is sent, also for clients that have nothing else of ours."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser
from jsonschema import Draft202012Validator

from accounts.models import User
from assistant.models import Assistant
from conversations.inbox.searching import gather_new
from conversations.models import Message
from conversations.notifying.telling import tell
from conversations.posting import record
from conversations.protocol import json_schema
from tests.conversations.client import Client
from tests.conversations.test_long_conversations import answer_many
from tests.conversations.test_staff_watch import StaffClient
from tests.conversations.test_what_a_viewer_sees import act, live_through

EVENTS = Draft202012Validator(json_schema()["events"], format_checker=Draft202012Validator.FORMAT_CHECKER)
COMMANDS = Draft202012Validator(json_schema()["commands"])
# Sent when the process ends, when a source is read, and when an answer is written in no time.
SELDOM = {"reconnect", "turn.sources", "turn.cancelled"}


async def say_everything(carla: Client, staff: Client, marie: User) -> None:
    await live_through(carla, marie)
    await carla.say({"type": "stop", "turn": 1})
    await carla.say({"type": "nonsense"})
    await carla.say({"type": "introduce", "client_id": str(uuid4()), "values": {}})
    await carla.say({"type": "ping"})
    await act(answer_many, conversation_id=UUID(carla.conversation_id), count=30)
    await staff.say({"type": "typing"})
    await carla.until(lambda: bool(carla.events("typing")))
    await staff.drop()
    staff.seq = 0
    await staff.connect()
    await staff.until(lambda: staff.oldest > 0)
    await staff.scroll_back()


@pytest.fixture
def another(db: None) -> str:
    """The key of the session of a colleague."""
    browser = Browser()
    browser.force_login(User.objects.create_user("paul", first_name="Paul"))
    return str(browser.cookies["sessionid"].value)


def test_every_event_is_as_the_schema_says(port: int, marie: User, session: str, another: str) -> None:
    async def scenario() -> list[dict[str, Any]]:
        async with (
            Client(port) as carla,
            StaffClient(port, session=session, path="inbox") as inbox,
            StaffClient(port, session=session, path="bell") as bell,
        ):
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            await inbox.connect(resume=False)
            await inbox.say({"type": "look", "query": ""})
            await bell.connect(resume=False)
            here = carla.conversation_id
            async with (
                StaffClient(port, session=session, path=here) as staff,
                StaffClient(port, session=another, path=here) as colleague,
            ):
                await staff.connect()
                await colleague.connect()
                await colleague.until(lambda: bool(colleague.events("people.here")))
                await say_everything(carla, staff, marie)
                await inbox.until(lambda: bool(inbox.events("inbox.changed") and inbox.events("inbox.rows")))
                await act(gather_new)
                await inbox.until(lambda: bool(inbox.events("inbox.gathered")))
                await act(tell, user=marie, kind="reply", about="x", link="/staff/", words="Hello")
                await bell.until(lambda: bool(bell.events("notices.changed")))
                await colleague.until(lambda: bool(colleague.events("people.writing")))
                return [event for who in (carla, staff, colleague, inbox, bell) for _, event in who.history]

    told = asyncio.run(scenario())
    for event in told:
        EVENTS.validate(event)
    assert {event["type"] for event in told} >= kinds(json_schema()["events"]) - SELDOM


def kinds(schema: dict[str, Any]) -> set[str]:
    return set(schema["discriminator"]["mapping"])


def test_an_answer_carries_its_sources_and_buttons_as_data(port: int, marie: User) -> None:
    async def scenario() -> dict[str, Any]:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            conversation = UUID(carla.conversation_id)
            await act(answer_many, conversation_id=conversation, count=1)
            await act(offer, conversation_id=conversation)
            await carla.until(lambda: len(carla.said("assistant")) == 2)
            return {m["text"]: m for m in carla.messages.values()}

    told = asyncio.run(scenario())
    cited = told["answer 1 [1]"]
    assert [citation["number"] for citation in cited["citations"]] == [1, 2, 3]
    assert cited["citations"][0]["quote"] == "thirty days"
    assert "passage" not in cited["citations"][0]
    assert told["Shall I?"]["options"] == [{"label": "Yes", "text": "Yes, please"}]
    assert (cited["partial"], cited["rating"]) == (False, None)


def offer(conversation_id: UUID) -> None:
    with record(conversation_id) as writing:
        options = [{"label": "Yes", "text": "Yes, please"}]
        writing.post(kind=Message.Kind.ASSISTANT, text="Shall I?", options=options)


def test_what_the_schema_allows_is_a_command() -> None:
    filled = {"type": "form", "client_id": str(uuid4()), "message": 7, "values": {"name": "Ann"}}
    introduced = {"type": "introduce", "client_id": str(uuid4()), "values": {"email": "a@x.org"}}
    for command in (
        filled,
        introduced,
        {"type": "ping"},
        {"type": "earlier", "before": 7},
        {"type": "resume"},
    ):
        COMMANDS.validate(command)
    assert not COMMANDS.is_valid({"type": "ping", "extra": 1})
    assert not COMMANDS.is_valid({"type": "message", "text": "no id"})
    assert not COMMANDS.is_valid({**filled, "values": {"name": 7}})
    assert not COMMANDS.is_valid({**filled, "values": {str(number): "" for number in range(11)}})


def test_the_schema_can_be_fetched_by_anybody(assistant: Assistant) -> None:
    response = Browser().get("/chat/protocol.json")
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == json_schema()
    for part in response.json().values():
        Draft202012Validator.check_schema(part)
