"""What became of a suggestion: sent as it was, sent with changes, or not used.

Nobody has to say so: it is seen by what was really sent.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accounts.models import User
from conversations.drafts.likeness import compared
from conversations.drafts.rows import ReplyDraft
from conversations.models import Conversation, Message
from conversations.posting import Record, record

State, Outcome = ReplyDraft.State, ReplyDraft.Outcome


def answered(writing: Record, reply: Message) -> None:
    """A person has answered. For whoever holds the record."""
    pending = ReplyDraft.objects.filter(conversation=writing.conversation, outcome=Outcome.PENDING).first()
    if pending is None:
        return
    if pending.state != State.READY:
        _end(pending, Outcome.OUTDATED, by=reply.author)
    else:
        like = compared(pending.text, reply.text)
        outcome = Outcome.ACCEPTED if like.same else Outcome.EDITED if like.used else Outcome.REJECTED
        _end(pending, outcome, by=reply.author, likeness=like.ratio)
    writing.change()  # it is shown no longer


def dismiss(*, conversation_id: UUID, user: User, draft_id: int, reason: str = "") -> Conversation:
    """Not wanted. One that was overtaken meanwhile stays what it is."""
    with record(conversation_id) as writing:
        chosen = ReplyDraft.objects.filter(conversation=conversation_id, outcome=Outcome.PENDING)
        pending = chosen.filter(pk=draft_id).first()
        if pending is not None:
            ready = pending.state == State.READY
            _end(pending, Outcome.REJECTED if ready else Outcome.OUTDATED, by=user, reason=reason)
            writing.change()
        return writing.conversation


def _end(
    draft: ReplyDraft, outcome: str, *, by: User | None, reason: str = "", likeness: float | None = None
) -> None:
    draft.outcome, draft.by, draft.ended_at = outcome, by, timezone.now()
    draft.reason, draft.likeness = reason, likeness
    draft.save(update_fields=["outcome", "by", "ended_at", "reason", "likeness"])
