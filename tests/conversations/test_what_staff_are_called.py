"""Customers read first names, never a login; staff know each other."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation
from conversations.rendering import Audience
from conversations.viewing import look
from tests.conversations.client import Client
from tests.conversations.test_staff_watch import StaffClient


def through_it_all(conversation: Conversation, user: User) -> None:
    about = {"conversation_id": conversation.pk, "user": user}
    handoff.reply_as_person(**about, text="Good day", client_id=uuid4())
    handoff.hand_back(**about)
    handoff.take_over(**about)


def seen(conversation: Conversation, audience: Audience, language: str = "en") -> str:
    sight = look(conversation.pk, audience=audience, language=language)
    return str([sight.conversation["person"], *((m["text"], m["html"]) for m in sight.messages)])


def test_customers_never_read_a_login(conversation: Conversation) -> None:
    through_it_all(conversation, User.objects.create_user("admin_4711"))
    shown = seen(conversation, "customer")
    assert "admin" not in shown.lower()
    assert "Someone from the team has joined" in shown
    assert "admin_4711 took over" in seen(conversation, "staff")


def test_customers_read_the_first_name_and_staff_the_whole(conversation: Conversation) -> None:
    through_it_all(conversation, User.objects.create_user("m", first_name="Marie", last_name="Curie"))
    assert "Marie has joined" in seen(conversation, "customer")
    assert "Curie" not in seen(conversation, "customer")
    assert "Marie Curie took over" in seen(conversation, "staff")


def test_staff_whose_account_is_gone_are_still_named_to_staff(
    conversation: Conversation, marie: User
) -> None:
    through_it_all(conversation, marie)
    marie.delete()
    assert "Marie took over" in seen(conversation, "staff")
    assert "Someone from the team has joined" in seen(conversation, "customer")


def test_a_person_without_a_name_is_typing_as_someone(port: int, session: str, marie: User) -> None:
    User.objects.filter(pk=marie.pk).update(first_name="")

    async def scenario() -> str:
        async with Client(port) as carla:
            await carla.connect()
            await carla.until(lambda: bool(carla.conversation))
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                await staff.until(lambda: bool(staff.conversation))
                await staff.say({"type": "typing"})
                await carla.until(lambda: bool(carla.events("typing")))
                return str(carla.events("typing")[0]["name"])

    assert asyncio.run(scenario()) == "Someone from the team"
