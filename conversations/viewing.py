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

from conversations import paging
from conversations.models import Conversation, Message, Owner, Status, Turn
from conversations.rendering import Audience, message_view
from conversations.wording import failure_words, notice_words


@dataclass(frozen=True, slots=True)
class Sight:
    """The conversation at `seq`: what has changed after the number that was named, ready to be serialised.

    `turn` is the latest turn, live or not; `whole`: these are the newest messages, whatever was seen before,
    and `earlier` says whether there are others before them.
    """

    seq: int
    whole: bool
    conversation: dict[str, Any]
    messages: list[dict[str, Any]]
    earlier: bool
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


def look(conversation_id: UUID, *, audience: Audience, language: str, since: int | None = None) -> Sight:
    """`since`: None for everything. Raises Conversation.DoesNotExist."""
    with override(language):
        turn = Turn.objects.filter(conversation=conversation_id).order_by("-pk").first()
        conversation = Conversation.objects.select_related("assistant", "assignee").get(pk=conversation_id)
        news = _news(conversation, audience=audience, since=since)
        page = paging.newest(conversation, audience=audience) if news is None else news
        if turn and turn.state in Turn.LIVE and any(view["turn"] == turn.pk for view in page.messages):
            turn = None  # it ended while we were looking
        return Sight(
            seq=conversation.last_seq,
            whole=news is None,
            conversation=conversation_view(conversation),
            messages=page.messages,
            earlier=page.earlier,
            turn=turn,
        )


def _news(conversation: Conversation, *, audience: Audience, since: int | None) -> paging.Page | None:
    """What has changed since a number of the clock; None when the whole is to be shown again."""
    if since is None or since > conversation.last_seq:
        return None
    return paging.changed(conversation, audience=audience, since=since)


def look_back(conversation_id: UUID, *, audience: Audience, language: str, before: int) -> paging.Page:
    """The page before a message that is shown. Raises Conversation.DoesNotExist."""
    with override(language):
        conversation = Conversation.objects.select_related("assistant").get(pk=conversation_id)
        return paging.newest(conversation, audience=audience, before=before)


def see_message(message_id: int, *, audience: Audience, language: str) -> dict[str, Any]:
    """One message as it is now, a protocol.MessagePosted."""
    message = Message.objects.select_related("conversation__assistant", "author", "rating").get(pk=message_id)
    with override(language):
        view = message_view(message, assistant=message.conversation.assistant, audience=audience)
    return {"type": "message.posted", "seq": message.changed_seq, "message": view}


def conversation_view(conversation: Conversation) -> dict[str, Any]:
    """A protocol.ConversationView, ready to be serialised. Who has resolved it is not there any more."""
    there = conversation.owner == Owner.PERSON and conversation.status != Status.RESOLVED
    person = conversation.assignee if there else None
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
