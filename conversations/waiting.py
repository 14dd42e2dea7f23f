"""A conversation begins to wait for a person: it stands where staff look, with a team, and by when it is to
be answered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from conversations import flow_counts
from conversations.inbox import sharing, targets
from conversations.models import Message, Owner, Status
from conversations.notifying import occasions
from conversations.posting import Record

NOT_DONE: dict[str, Any] = {"resolved_at": None, "resolution": "", "snoozed_until": None}


def begin_to_wait(writing: Record, *, owner: Owner, code: str, told: dict[str, Any]) -> Message:
    """For whoever holds the record. `owner`: who answers meanwhile. `told`: what the line that says so keeps,
    with its `reason`."""
    before = writing.conversation
    since = before.waiting_since if before.status == Status.WAITING else None
    since = since or timezone.now()
    writing.change(
        owner=owner, status=Status.WAITING, assignee=None, handoff_reason=told["reason"], waiting_since=since,
        **NOT_DONE,
    )  # fmt: skip
    given = sharing.share(writing)
    writing.change(**targets.due(writing.conversation.team, since))
    flow_counts.person_comes(writing.conversation)
    line = writing.post_event(code, **told)
    if given:
        writing.post_log("given", to=str(given))
        occasions.given(writing.conversation, to=given)
    else:
        occasions.waits(writing.conversation)
    return line
