"""What a viewer sees: the whole conversation, or exactly what has changed since a number of its clock.

Read in this order: the turn, then the conversation's clock, then the messages up to that clock. Whatever
happens in between has a higher number and comes with the next look; a turn that ended in between shows as
live until then, never the other way round.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import override

from conversations.models import Conversation, Message, Owner, Turn
from conversations.rendering import Audience, message_view
from conversations.wording import failure_words, notice_words


@dataclass(frozen=True, slots=True)
class Sight:
    """The conversation at `seq`: what has changed after the number that was named, ready to be serialised.

    `turn` is the latest turn, live or not; `whole` when everything is here.
    """

    seq: int
    whole: bool
    conversation: dict[str, Any]
    messages: list[dict[str, Any]]
    turn: Turn | None

    @property
    def live_turn(self) -> Turn | None:
        return self.turn if self.turn and self.turn.state in Turn.LIVE else None

    @property
    def failed(self) -> dict[str, Any] | None:
        """The last question's failure, a protocol.TurnFailed, when nothing has come after it."""
        turn = self.turn
        if turn is None or turn.state != Turn.State.FAILED or self.conversation["owner"] != Owner.ASSISTANT:
            return None
        return failure_event(turn)


def look(conversation_id: UUID, *, audience: Audience, language: str, since: int = 0) -> Sight:
    """Raises Conversation.DoesNotExist."""
    with override(language):
        turn = Turn.objects.filter(conversation=conversation_id).order_by("-pk").first()
        conversation = Conversation.objects.select_related("assistant", "assignee").get(pk=conversation_id)
        whole = since <= 0 or since > conversation.last_seq
        found = _messages(conversation, audience=audience, since=0 if whole else since)
        if turn and turn.state in Turn.LIVE and any(message.turn_id == turn.pk for message in found):
            turn = None  # it ended while we were looking
        return Sight(
            seq=conversation.last_seq,
            whole=whole,
            conversation=conversation_view(conversation),
            messages=[message_view(m, assistant=conversation.assistant, audience=audience) for m in found],
            turn=turn,
        )


def _messages(conversation: Conversation, *, audience: Audience, since: int) -> list[Message]:
    changed = Message.objects.filter(
        conversation=conversation, changed_seq__gt=since, changed_seq__lte=conversation.last_seq
    )
    if audience == "customer":
        changed = changed.exclude(kind=Message.Kind.NOTE)
    return list(changed.select_related("author", "rating").prefetch_related("citations").order_by("seq"))


def see_message(message_id: int, *, audience: Audience, language: str) -> dict[str, Any]:
    """One message as it is now, a protocol.MessagePosted."""
    message = Message.objects.select_related("conversation__assistant", "author", "rating").get(pk=message_id)
    with override(language):
        view = message_view(message, assistant=message.conversation.assistant, audience=audience)
    return {"type": "message.posted", "seq": message.changed_seq, "message": view}


def conversation_view(conversation: Conversation) -> dict[str, Any]:
    """A protocol.ConversationView, ready to be serialised."""
    person = conversation.assignee if conversation.owner == Owner.PERSON else None
    return {
        "id": conversation.pk,
        "seq": conversation.state_seq,
        "owner": conversation.owner,
        "status": conversation.status,
        "person": str(person or ""),
        "notice": notice_words(conversation),
    }


def failure_event(turn: Turn) -> dict[str, Any]:
    """A protocol.TurnFailed, ready to be serialised."""
    return {
        "type": "turn.failed",
        "turn": turn.pk,
        "code": turn.error,
        "retryable": True,
        "text": failure_words(turn.error),
    }


def clocks(conversations: Collection[str]) -> dict[str, int]:
    """The last seq of each conversation."""
    rows = Conversation.objects.filter(pk__in=conversations).values_list("pk", "last_seq")
    return {str(pk): seq for pk, seq in rows}
