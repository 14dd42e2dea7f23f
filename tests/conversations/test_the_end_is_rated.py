"""A customer rates a conversation at its end, may think again, and staff read it."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, ConversationRating, Message
from conversations.ratings.giving import rate_conversation
from conversations.refusals import Refused
from conversations.rendering import Audience
from conversations.viewing import look
from tests.conversations.client import Client
from tests.conversations.test_staff_watch import StaffClient
from tests.conversations.test_what_a_viewer_sees import act, fresh


@pytest.fixture
def ended(conversation: Conversation, marie: User) -> Message:
    """The line that says that Carla's conversation has been resolved."""
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    return Message.objects.get(data__code="resolved")


def lines(conversation: Conversation, audience: Audience) -> str:
    sight = look(conversation.pk, audience=audience, language="en")
    return "".join(message["html"] for message in sight.messages)


def test_the_customer_is_asked_and_staff_are_not(conversation: Conversation, ended: Message) -> None:
    assert "How was this conversation?" in lines(conversation, "customer")
    assert "How was this conversation?" not in lines(conversation, "staff")


def test_thinking_again_replaces_what_was_said(conversation: Conversation, ended: Message) -> None:
    for score, comment in ((2, "slow\x00"), (4, " better now ")):
        rate_conversation(conversation_id=conversation.pk, message_id=ended.pk, score=score, comment=comment)
    rating = ConversationRating.objects.get()
    assert (rating.score, rating.comment) == (4, "better now")
    assert "You rated this conversation 4 of 5" in lines(conversation, "customer")
    assert "The customer rated this conversation 4 of 5: “better now”" in " ".join(
        lines(conversation, "staff").split()
    )
    ended.refresh_from_db()
    assert ended.changed_seq == ended.seq + 2


def test_each_end_is_rated_for_itself(conversation: Conversation, ended: Message, marie: User) -> None:
    rate_conversation(conversation_id=conversation.pk, message_id=ended.pk, score=1)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    again = Message.objects.filter(data__code="resolved").latest("seq")
    rate_conversation(conversation_id=conversation.pk, message_id=again.pk, score=5)
    assert {r.message_id: r.score for r in ConversationRating.objects.all()} == {ended.pk: 1, again.pk: 5}


def test_only_an_end_of_this_conversation_is_rated(
    conversation: Conversation, ended: Message, marie: User
) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    joined = Message.objects.get(data__code="joined")
    other = Conversation.objects.create(assistant=conversation.assistant, customer=conversation.customer)
    for where, what in ((conversation, joined), (other, ended)):
        with pytest.raises(Refused) as refused:
            rate_conversation(conversation_id=where.pk, message_id=what.pk, score=3)
        assert refused.value.code == "not_found"
    assert not ConversationRating.objects.exists()


@pytest.mark.parametrize("score", [0, 6])
def test_there_are_five_scores(ended: Message, score: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConversationRating.objects.create(message=ended, score=score)


def test_the_rating_is_seen_at_once_on_both_sides_and_stays_exact(
    port: int, marie: User, session: str
) -> None:
    async def scenario() -> None:
        async with Client(port) as carla:
            await carla.connect()
            await carla.ask("Hello")
            await carla.until(lambda: bool(carla.said("assistant")))
            conversation = UUID(carla.conversation_id)
            async with StaffClient(port, session=session, path=carla.conversation_id) as staff:
                await staff.connect()
                await act(handoff.resolve, conversation_id=conversation, user=marie)
                await carla.until(lambda: bool(carla.said("event")))
                (line,) = [m for m in carla.messages.values() if m["code"] == "resolved"]
                said = {"type": "rate_conversation", "message": line["id"], "score": 5, "comment": "Fine"}
                await carla.say(said)
                await carla.say(said)
                for viewer in (carla, staff):
                    await viewer.until(
                        lambda v=viewer: bool(v.messages.get(line["id"], line)["conversation_rating"])
                    )
                assert staff.messages[line["id"]]["conversation_rating"] == {"score": 5, "comment": "Fine"}
                await carla.say({"type": "rate_conversation", "message": line["id"], "score": 6})
                await carla.until(lambda: bool(carla.events("error")))
            now = await fresh(carla)
            await carla.until(lambda: carla.sight() == now)

    asyncio.run(scenario())
    assert ConversationRating.objects.count() == 1
