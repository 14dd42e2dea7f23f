"""Every socket × everybody × every command: who may open it, and what they can do over it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args
from uuid import uuid4

import pytest

from accounts.models import User
from conversations import tokens
from conversations.consumers.barring import EXPIRED, GONE, SIGNED_OUT
from conversations.inbox.sharing import sit_down
from conversations.models import Conversation, Customer, Introduction, Message, Rating, Turn
from conversations.notifying.choosing import be_here
from conversations.protocol import Command
from conversations.tokens import make_token
from tests.access.sockets import OPEN, Line, cookies_of, opened, refused_with
from tests.access.world import (
    ACTORS,
    ADMIN,
    AGENT,
    BRUNO,
    CARLA,
    EDITOR,
    RANK,
    World,
    secrets_seen,
    state_of_everything,
)

STAFF = [AGENT, EDITOR, ADMIN]
Fields = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Allowed:
    """What a command needs, what the customer hears of it, and whether staff may say it too, or alone."""

    fields: Fields
    heard: str = ""
    staff: bool = False
    lists: bool = False
    customer: bool = True


def _nothing(world: World) -> dict[str, Any]:
    return {}


# A command that is not named here fails the suite. Each names rows of Carla's.
COMMANDS: dict[str, Allowed] = {
    "message": Allowed(lambda world: {"client_id": str(uuid4()), "text": "Hi"}, "message.posted", staff=True),
    "resume": Allowed(lambda world: {"seq": 0, "turn": world.turn.pk, "attempt": 0}, "snapshot", staff=True),
    "earlier": Allowed(lambda world: {"before": world.answer.seq}, "messages.earlier", staff=True),
    "stop": Allowed(lambda world: {"turn": world.turn.pk}, "turn.cancelled"),
    "retry": Allowed(lambda world: {"client_id": str(uuid4())}),
    "choose": Allowed(lambda world: {"client_id": str(uuid4()), "message": world.answer.pk, "option": 0},
                      "message.posted"),
    "form": Allowed(lambda world: {"client_id": str(uuid4()), "message": world.answer.pk,
                                   "values": {"day": "2026-12-01"}}, "message.posted"),
    "introduce": Allowed(lambda world: {"client_id": str(uuid4()), "values": {}}, "introduced"),
    "rate": Allowed(lambda world: {"message": world.answer.pk, "score": -1}, "message.posted"),
    "rate_conversation": Allowed(lambda world: {"message": world.ending.pk, "score": 5}, "message.posted"),
    "typing": Allowed(_nothing, staff=True),
    "human": Allowed(_nothing, "conversation.changed"),
    "look": Allowed(lambda world: {"query": ""}, lists=True, customer=False),
    "ping": Allowed(_nothing, "pong", staff=True, lists=True),
}  # fmt: skip


def test_every_command_says_who_may_give_it() -> None:
    shapes = get_args(get_args(Command)[0])
    assert {get_args(shape.model_fields["type"].annotation)[0] for shape in shapes} == set(COMMANDS)


def command(name: str, world: World) -> dict[str, Any]:
    return {"type": name, **COMMANDS[name].fields(world)}


@pytest.fixture
def world(lived_in: World) -> World:
    """Carla's last question still waits for its answer, so that there is something to stop."""
    Turn.objects.filter(pk=lived_in.turn.pk).update(state="queued")
    return lived_in


def token(conversation: Conversation, customer: Conversation | None = None) -> str:
    whose = (customer or conversation).customer_id
    return make_token(conversation=conversation.pk, customer=whose, language="en")


def hers(world: World) -> list[list[tuple[Any, ...]]]:
    """All that there is of Carla's conversation."""
    within = {"conversation": world.carla.pk}
    kinds = [Conversation.objects.filter(pk=world.carla.pk), Message.objects.filter(**within)]
    kinds += [Customer.objects.filter(conversations=world.carla), Introduction.objects.filter(**within)]
    kinds += [Turn.objects.filter(**within), Rating.objects.filter(message__conversation=world.carla.pk)]
    return [list(rows.order_by("pk").values_list()) for rows in kinds]


# --- Who may open which socket ------------------------------------------------------------------------------


def test_a_customers_socket_opens_with_ones_own_token_only(world: World, port: int, monkeypatch: Any) -> None:
    good, bruno = token(world.carla), token(world.bruno)
    with monkeypatch.context() as clock:
        clock.setattr("django.core.signing.time.time", lambda: 1_000_000_000.0)
        old = token(world.carla)
    doors: dict[str, tuple[tuple[str, ...], int]] = {
        "Carla's": ((good,), OPEN),
        "Bruno's": ((bruno,), OPEN),
        "none": ((), 403),
        "nonsense": (("x.y.z",), 403),
        "somebody else's end": ((good.rsplit(".", 1)[0] + "." + bruno.rsplit(".", 1)[1],), 403),
        "two": ((good, bruno), 403),
        "too old": ((old,), EXPIRED),
        "Bruno in Carla's": ((token(world.carla, world.bruno),), GONE),
    }
    for name, (offered, code) in doors.items():
        assert asyncio.run(refused_with(port, "chat/", tokens=offered)) == code, name
    assert asyncio.run(refused_with(port, "chat/", tokens=(good,), origin="http://evil.example")) == 403
    Conversation.objects.filter(pk=world.carla.pk).delete()
    assert asyncio.run(refused_with(port, "chat/", tokens=(good,))) == GONE


@pytest.mark.parametrize("actor", ACTORS)
def test_a_cookie_alone_opens_no_customers_socket(world: World, port: int, actor: str) -> None:
    assert asyncio.run(refused_with(port, "chat/", cookies=cookies_of(world, actor))) == 403


@pytest.mark.parametrize("actor", ACTORS)
def test_the_staffs_sockets_open_for_staff_only(world: World, port: int, actor: str) -> None:
    cookies, wanted = cookies_of(world, actor), OPEN if RANK[actor] else SIGNED_OUT
    for path in ("staff/inbox/", "staff/bell/", f"staff/{world.carla.pk}/"):
        assert asyncio.run(refused_with(port, path, cookies=cookies)) == wanted
        assert asyncio.run(refused_with(port, path, cookies=cookies, origin="http://evil.example")) == 403
    if RANK[actor]:
        assert asyncio.run(refused_with(port, f"staff/{uuid4()}/", cookies=cookies)) == GONE
        User.objects.filter(username=actor).update(is_active=False)
        assert asyncio.run(refused_with(port, "staff/inbox/", cookies=cookies)) == SIGNED_OUT


# --- What can be done over them -----------------------------------------------------------------------------


async def said_over(port: int, path: str, said: list[dict[str, Any]], **how: Any) -> Line:
    async with opened(port, path, **how) as line:
        assert isinstance(line, Line)
        for one in said:
            await line.say(one)
            await line.settle()
        return line


def test_bruno_reaches_nothing_of_carlas(world: World, port: int) -> None:
    before = hers(world)
    said = [command(name, world) for name in COMMANDS]
    line = asyncio.run(said_over(port, "chat/", said, tokens=(token(world.bruno),)))
    assert hers(world) == before
    assert secrets_seen("".join(line.frames), BRUNO) == []
    assert str(world.carla.pk) not in "".join(line.frames)
    codes = [error["code"] for error in line.events("error")]
    assert codes.count("not_allowed") == sum(not allowed.customer for allowed in COMMANDS.values())
    assert set(codes) == {"not_found", "not_allowed"}


@pytest.mark.parametrize("name", [name for name, allowed in COMMANDS.items() if allowed.customer])
def test_carla_can_do_it_in_her_own(world: World, port: int, name: str) -> None:
    async def scenario() -> Line:
        async with opened(port, "chat/", tokens=(token(world.carla),)) as line:
            assert isinstance(line, Line)
            await line.say({"type": "resume", "seq": 0})
            assert await line.hear(lambda: bool(line.events("snapshot")))
            line.frames.clear()
            await line.say(command(name, world))
            heard = COMMANDS[name].heard
            assert not heard or await line.hear(lambda: bool(line.events(heard)))
            await line.settle()
            return line

    line = asyncio.run(scenario())
    assert line.events("error") == []
    assert "note-among-staff" not in "".join(line.frames)
    assert "prompt-in-the-trace" not in "".join(line.frames)


@pytest.mark.parametrize("actor", STAFF)
def test_staff_can_do_over_their_socket_what_is_theirs_to_do(world: World, port: int, actor: str) -> None:
    cookies = cookies_of(world, actor)
    theirs = [name for name, allowed in COMMANDS.items() if allowed.staff and name != "message"]
    others = [name for name, allowed in COMMANDS.items() if not allowed.staff]
    before = state_of_everything()
    path = f"staff/{world.carla.pk}/"
    line = asyncio.run(
        said_over(port, path, [command(name, world) for name in theirs + others], cookies=cookies)
    )
    assert [error["code"] for error in line.events("error")] == ["not_allowed"] * len(others)
    assert state_of_everything() == before
    line = asyncio.run(said_over(port, path, [command("message", world)], cookies=cookies))
    assert line.events("error") == []
    assert Message.objects.get(kind="person").author == world.staff[actor]


@pytest.mark.parametrize("actor", STAFF)
def test_over_the_socket_of_the_lists_nothing_can_be_done(world: World, port: int, actor: str) -> None:
    others = [name for name, allowed in COMMANDS.items() if not allowed.lists]
    cookies = cookies_of(world, actor)
    sit_down(world.staff[actor])  # as whoever opens it does
    be_here(world.staff[actor])
    before = state_of_everything()
    said = [command(name, world) for name in others]
    line = asyncio.run(said_over(port, "staff/inbox/", said, cookies=cookies))
    assert [error["code"] for error in line.events("error")] == ["not_allowed"] * len(others)
    assert state_of_everything() == before


def test_what_one_customer_does_is_told_to_no_other(world: World, port: int) -> None:
    async def scenario() -> list[str]:
        async with opened(port, "chat/", tokens=(token(world.bruno),)) as bruno:
            assert isinstance(bruno, Line)
            await bruno.say({"type": "resume", "seq": 0})
            await bruno.settle()
            told = len(bruno.frames)
            said = [command(name, world) for name in COMMANDS]
            await said_over(port, "chat/", said, tokens=(token(world.carla),))
            await bruno.settle()
            return bruno.frames[told:]

    assert asyncio.run(scenario()) == ['{"type":"pong"}']


def test_tokens_and_cookies_are_signed_for_one_purpose_each(world: World) -> None:
    assert tokens.read_token(cookies_of(world, CARLA)["customer"]) is None
