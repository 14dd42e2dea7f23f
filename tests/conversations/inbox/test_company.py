"""Who else has a conversation open, and what they write: told to staff, never to customers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.models import User
from conversations import handoff
from conversations.live import company
from conversations.live.company import Person
from conversations.models import Conversation, Message, Notification
from conversations.refusals import Quicker
from tests.conversations.client import Client
from tests.conversations.inbox.conftest import Talk
from tests.conversations.test_staff_watch import StaffClient
from tests.conversations.test_what_a_viewer_sees import act


@pytest.fixture
def second(paul: User) -> str:
    """The key of the session with which Paul is signed in."""
    browser = Browser()
    browser.force_login(paul)
    return str(browser.cookies["sessionid"].value)


class Colleague(StaffClient):
    @property
    def others(self) -> list[str] | None:
        told = self.events("people.here")
        return [one["name"] for one in told[-1]["people"]] if told else None

    @property
    def writing(self) -> list[tuple[str, str]]:
        return [(one["name"], one["what"]) for one in self.events("people.writing")]


@asynccontextmanager
async def desk(port: int, session: str, conversation: str) -> AsyncIterator[Colleague]:
    one = Colleague(port, session=session, path=conversation)
    async with one:
        await one.connect()
        await one.until(lambda: bool(one.events("people.here")))
        yield one


async def answered(one: Client) -> None:
    """What was rung before has been told by now, if it ever is."""
    await asyncio.sleep(0.5)
    before = len(one.events("pong"))
    await one.say({"type": "ping"})
    await one.until(lambda: len(one.events("pong")) > before)


def test_two_who_look_are_told_of_each_other(port: int, session: str, second: str, talk: Talk) -> None:
    carla = str(talk("Carla").pk)

    async def scenario() -> list[Any]:
        async with desk(port, session, carla) as marie:
            first = marie.others
            async with desk(port, second, carla) as paul:
                await marie.until(lambda: marie.others == ["Paul"])
                seen = paul.others
            await marie.until(lambda: marie.others == [])
            return [first, seen]

    assert asyncio.run(scenario()) == [[], ["Marie"]]


def test_ones_own_other_page_is_nobody_else(port: int, session: str, second: str, talk: Talk) -> None:
    carla, denis = str(talk("Carla").pk), str(talk("Denis").pk)

    async def scenario() -> None:
        async with desk(port, session, carla) as one, desk(port, second, carla) as paul:
            await one.until(lambda: one.others == ["Paul"])
            async with desk(port, session, carla) as two, desk(port, second, denis) as elsewhere:
                assert (two.others, elsewhere.others) == (["Paul"], [])
            await answered(paul)  # one page of hers is gone, the other is not
            assert paul.others == ["Marie"]

    asyncio.run(scenario())


def test_what_staff_write_is_told_to_staff(port: int, session: str, second: str, talk: Talk) -> None:
    carla = str(talk("Carla").pk)

    async def scenario() -> None:
        async with desk(port, session, carla) as marie, desk(port, second, carla) as paul:
            await paul.say({"type": "typing", "what": "note"})
            await marie.until(lambda: marie.writing == [("Paul", "note")])
            await paul.say({"type": "typing"})
            await marie.until(lambda: marie.writing[1:] == [("Paul", "reply")])
            await answered(paul)
            assert paul.writing == []
            assert marie.events("typing") == []  # which says that the customer does

    asyncio.run(scenario())


def test_customers_are_told_of_replies_alone(port: int, session: str, second: str) -> None:
    async def scenario() -> set[str]:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            here = carla.conversation_id
            async with desk(port, session, here) as marie, desk(port, second, here):
                await marie.say({"type": "typing", "what": "note"})
                await answered(carla)
                assert carla.events("typing") == []
                await marie.say({"type": "typing", "what": "reply"})
                await carla.until(lambda: len(carla.events("typing")) == 1)
            await answered(carla)
            return {event["type"] for _, event in carla.history}

    assert asyncio.run(scenario()).isdisjoint({"people.here", "people.writing"})


def test_lists_are_not_read_again_for_it(port: int, session: str, second: str, talk: Talk) -> None:
    carla = str(talk("Carla").pk)

    async def scenario() -> list[Any]:
        async with Colleague(port, session=session, path="inbox") as inbox:
            await inbox.connect(resume=False)
            async with desk(port, second, carla) as paul:
                await paul.say({"type": "typing", "what": "note"})
                await answered(inbox)
            await answered(inbox)
            return inbox.events("inbox.changed")

    assert asyncio.run(scenario()) == []


def test_whoever_falls_silent_is_forgotten(monkeypatch: pytest.MonkeyPatch, talk: Talk) -> None:
    here, marie = "here", Person(1, "Marie", "a")
    paul = Person(2, "Paul", "b")
    assert company.stay(here, marie) == [marie]
    assert company.stay(here, paul) == [marie, paul]
    company.leave(here, paul)
    assert company.stay(here, marie) == [marie]
    company.stay(here, paul)
    monkeypatch.setattr(company, "FORGET_AFTER", -2)  # before this very moment
    assert company.stay(here, marie) == []


def test_without_redis_nobody_is_known_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Redis.from_url("redis://127.0.0.1:1", retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(company, "quick", lambda: nowhere)
    marie = Person(1, "Marie", "a")
    assert company.stay("here", marie) is None
    company.leave("here", marie)


def test_of_two_who_take_over_at_once_one_wins(conversation: Conversation, marie: User, paul: User) -> None:
    about = {"conversation_id": conversation.pk}
    handoff.take_over(**about, user=paul, instead_of=0)
    with pytest.raises(Quicker) as told:
        handoff.take_over(**about, user=marie, instead_of=0)
    assert told.value.who == "Paul"
    handoff.take_over(**about, user=paul, instead_of=0)  # pressed twice
    conversation.refresh_from_db()
    assert conversation.assignee == paul
    assert Message.objects.filter(data__code="joined").count() == 1
    handoff.take_over(**about, user=marie, instead_of=paul.pk)  # who saw that he answers
    conversation.refresh_from_db()
    assert conversation.assignee == marie


def test_a_reply_lets_whoever_was_quicker_answer(conversation: Conversation, marie: User, paul: User) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    said: dict[str, Any] = {"conversation_id": conversation.pk, "user": marie, "text": "Good day"}
    with pytest.raises(Quicker):
        handoff.reply_as_person(**said, client_id=uuid4(), instead_of=0)
    assert not Message.objects.filter(kind="person").exists()
    known = uuid4()
    handoff.reply_as_person(**said, client_id=known, instead_of=paul.pk)
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    assert handoff.reply_as_person(**said, client_id=known, instead_of=0)  # what is repeated was said
    conversation.refresh_from_db()
    assert conversation.assignee == paul


def test_whoever_is_taken_over_from_is_told(conversation: Conversation, marie: User, paul: User) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    assert not Notification.objects.exists()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    told = Notification.objects.get()
    assert (told.user, told.kind) == (paul, "taken") and "Marie answers" in told.words


def test_both_at_the_same_moment(port: int, marie: User, paul: User, talk: Talk) -> None:
    carla = talk("Carla")

    async def take(user: User) -> str:
        try:
            await act(handoff.take_over, conversation_id=UUID(str(carla.pk)), user=user, instead_of=0)
        except Quicker as quicker:
            return quicker.who
        return ""

    async def scenario() -> list[str]:
        return list(await asyncio.gather(take(marie), take(paul)))

    told = asyncio.run(scenario())
    carla.refresh_from_db()
    assert sorted(told) == ["", str(carla.assignee)]


def test_the_page_says_who_was_quicker(conversation: Conversation, marie: User, paul: User) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    http = Browser()
    http.force_login(marie)
    address = f"/staff/conversations/{conversation.pk}/take-over/"
    shown = http.post(address, {"instead_of": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert "Paul was quicker, and answers now." in shown and "Paul answers" in shown
    told = http.post(address, {"instead_of": "0"}, follow=True).content.decode()
    assert "Paul was quicker" in told
    for odd in ("x", "-1", "9" * 30):
        http.post(address, {"instead_of": odd}, headers={"HX-Request": "true"})
    conversation.refresh_from_db()
    assert conversation.assignee == paul
    taken = http.post(address, {"instead_of": paul.pk}, headers={"HX-Request": "true"}).content.decode()
    assert "You answer" in taken and "was quicker" not in taken
