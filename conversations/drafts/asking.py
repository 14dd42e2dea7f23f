"""A suggestion is wanted: written down with the message that it answers, before any worker is told."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import KombuError

from accounts.models import User
from conversations.drafts.rows import ReplyDraft
from conversations.models import Conversation, Message, Owner, Status
from conversations.posting import Record, record
from conversations.refusals import Refused

logger = logging.getLogger(__name__)

TASK = "conversations.tasks.make_draft"
QUIET = timedelta(seconds=2)  # somebody who writes three lines gets one suggestion
Outcome = ReplyDraft.Outcome


def customer_wrote(writing: Record, question: Message) -> None:
    """For whoever holds the record: while a person answers, something is suggested to them."""
    conversation = writing.conversation
    outdate(conversation)
    if (
        conversation.owner == Owner.PERSON
        and question.text.strip()
        and conversation.assistant.suggests_replies
    ):
        _ask(conversation, question, by=None)


def ask(*, conversation_id: UUID, user: User) -> Conversation:
    """On demand, for the last thing that the customer said. Raises Refused "not_found" where there is
    nothing, "not_allowed" where the assistant answers by itself."""
    with record(conversation_id) as writing:
        conversation = writing.conversation
        if not offered(conversation):
            raise Refused("not_allowed")
        said = Message.objects.filter(conversation=conversation, kind=Message.Kind.CUSTOMER).exclude(text="")
        question = said.order_by("-seq").first()
        if question is None:
            raise Refused("not_found")
        outdate(conversation)
        _ask(conversation, question, by=user)
        writing.change()  # who else looks sees that one is being written
        return conversation


def offered(conversation: Conversation) -> bool:
    """Where a person answers, or is wanted."""
    there = conversation.owner == Owner.PERSON and conversation.status != Status.RESOLVED
    return there and conversation.assistant.suggests_replies


def outdate(conversation: Conversation) -> None:
    """Something newer was said, or nobody of the staff answers any more."""
    pending = ReplyDraft.objects.filter(conversation=conversation, outcome=Outcome.PENDING)
    pending.update(outcome=Outcome.OUTDATED, ended_at=timezone.now())


def _ask(conversation: Conversation, question: Message, *, by: User | None) -> None:
    now = timezone.now()
    draft = ReplyDraft.objects.create(
        conversation=conversation, question=question, asked_by=by, due_at=now if by else now + QUIET
    )
    transaction.on_commit(partial(ring, draft.pk, after=timedelta() if by else QUIET))


def ring(draft_id: int, *, after: timedelta = timedelta()) -> None:
    """Tell a worker. When the broker is away, the sweep rings."""
    try:
        current_app.send_task(TASK, args=[draft_id], countdown=after.total_seconds(), retry=False)
    except (KombuError, OSError):
        logger.warning("The broker is away: suggestion %s waits for the sweep.", draft_id)
