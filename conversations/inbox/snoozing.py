"""Put a conversation aside until a moment, or until the customer writes; and wake it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts import audit
from accounts.models import User
from conversations.inbox import targets
from conversations.models import Conversation, Owner, Status
from conversations.posting import Record, record
from conversations.refusals import Refused


def snooze(*, conversation_id: UUID, user: User, until: datetime | None) -> Conversation:
    """Raises Refused "not_found" for one that is resolved, "invalid" for a moment that is over."""
    if until is not None and until <= timezone.now():
        raise Refused("invalid")
    with record(conversation_id) as writing:
        if writing.conversation.status == Status.RESOLVED:
            raise Refused("not_found")
        writing.change(status=Status.SNOOZED, snoozed_until=until, waiting_since=None, reply_due_at=None)
        words = {"until": until.isoformat() if until else ""}
        writing.post_log("snoozed", author=user, **words)
        audit.record(audit.Action.SNOOZED, writing.conversation, by=user, after=words)
        return writing.conversation


def wake(*, conversation_id: UUID, user: User | None = None) -> Conversation:
    """By somebody, or because its time has come."""
    with record(conversation_id) as writing:
        if writing.conversation.status == Status.SNOOZED:
            wake_up(writing)
            writing.post_log("woken", author=user)
        return writing.conversation


def wake_up(writing: Record) -> None:
    """For whoever holds the record. Where a person is to answer and nobody has taken it, it waits again, with
    as much time to a reply as one that is new; by when it is to be resolved stays."""
    conversation = writing.conversation
    nobody = conversation.owner == Owner.PERSON and conversation.assignee_id is None
    state: dict[str, Any] = {"status": Status.OPEN}
    if nobody:
        since = timezone.now()
        due = targets.due(conversation.team, since)["reply_due_at"]
        state = {"status": Status.WAITING, "waiting_since": since, "reply_due_at": due}
    writing.change(snoozed_until=None, **state)


def wake_due() -> int:
    """Those whose time has come; returns how many. Beat runs it."""
    due = Conversation.objects.filter(status=Status.SNOOZED, snoozed_until__lte=timezone.now())
    found = list(due.values_list("pk", flat=True).order_by("snoozed_until")[:1_000])
    for pk in found:
        wake(conversation_id=pk)
    return len(found)
