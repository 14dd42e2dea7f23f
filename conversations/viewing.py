"""What a viewer sees: the whole conversation, or exactly what has changed since a number of its clock.

The conversation's clock and its latest turn are read in one statement, so that they belong together; then
the messages up to that clock. Whatever happens in between has a higher number and comes with the next look.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import override

from conversations import paging
from conversations.models import Conversation, Message, Owner, Status, Turn
from conversations.naming import called
from conversations.reaching import reach
from conversations.rendering import Audience, message_view
from conversations.wording import failure_words, notice_words, people_words


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


def look(
    conversation_id: UUID, *, audience: Audience, language: str, since: int | None = None,
    known: int | None = None,
) -> Sight:  # fmt: skip
    """`since`: None for everything. `known`: up to when its viewer knows how it stands; where that has not
    changed since, it is not told, and who is there to talk to need not be found out. Raises
    Conversation.DoesNotExist."""
    with override(language):
        conversation, turn = _read(conversation_id)
        news = _news(conversation, audience=audience, since=since)
        page = paging.newest(conversation, audience=audience) if news is None else news
        tells = news is None or known is None or conversation.state_seq > known
        return Sight(
            seq=conversation.last_seq,
            whole=news is None,
            conversation=conversation_view(conversation, audience=audience, with_people=tells),
            messages=page.messages,
            earlier=page.earlier,
            turn=turn,
        )


def _read(conversation_id: UUID) -> tuple[Conversation, Turn | None]:
    """The conversation and its latest turn, as they stood at one moment."""
    facts = JSONObject(pk="pk", state="state", attempt="attempt", error="error")
    turns = Turn.objects.filter(conversation=OuterRef("pk")).order_by("-pk").values(facts=facts)
    conversations = Conversation.objects.select_related("assistant", "assignee", "team").annotate(
        latest_turn=Subquery(turns[:1])
    )
    found = conversations.get(pk=conversation_id)
    return found, Turn(**found.latest_turn) if found.latest_turn else None


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
    related = ("conversation__assistant", "author", "rating", "conversation_rating")
    message = Message.objects.select_related(*related).get(pk=message_id)
    with override(language):
        view = message_view(message, assistant=message.conversation.assistant, audience=audience)
    return {"type": "message.posted", "seq": message.changed_seq, "message": view}


def conversation_view(
    conversation: Conversation, *, audience: Audience, with_people: bool = True
) -> dict[str, Any]:
    """A protocol.ConversationView, ready to be serialised. Who has resolved it is not there any more."""
    there = conversation.owner == Owner.PERSON and conversation.status != Status.RESOLVED
    person = conversation.assignee if there else None
    return {
        "id": conversation.pk,
        "seq": conversation.state_seq,
        "owner": conversation.owner,
        "status": conversation.status,
        "person": called(person, audience=audience),
        "notice": notice_words(conversation),
        "people": _people(conversation) if with_people and audience == "customer" else None,
    }


def _people(conversation: Conversation) -> dict[str, Any] | None:
    """Whether one can be asked for, and what happens then; nothing where one answers."""
    if conversation.owner == Owner.PERSON and conversation.status != Status.RESOLVED:
        return None
    found = reach(conversation)
    return {"there": found.there, "words": people_words(found), "zone": found.zone}


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
