"""The assistant's duty to answer: opened by a question, ended by an answer, a person or a newer question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from conversations import live
from conversations.models import Message, Turn
from conversations.posting import Record, record


@dataclass(frozen=True, slots=True)
class Half:
    """A running turn and what viewers have seen of its answer."""

    turn: int
    text: str


def open_turn(writing: Record, *, question: Message, client_id: UUID | None = None) -> Turn:
    """Queue a turn in the transaction that stores its question; it takes the place of a live one."""
    end_live(writing, Turn.State.SUPERSEDED)
    turn = Turn.objects.create(conversation=writing.conversation, question=question, client_id=client_id)
    writing.turn = turn.pk
    return turn


def live_turn(conversation_id: UUID) -> Turn | None:
    return Turn.objects.filter(conversation=conversation_id, state__in=Turn.LIVE).first()


def end_live(writing: Record, state: Turn.State, *, half: Half | None = None) -> Turn | None:
    """End the live turn, if there is one. What was written of its answer is kept as a partial one."""
    turn = live_turn(writing.conversation.pk)
    if turn is None:
        return None
    end(writing, turn, state)
    if half and half.turn == turn.pk and half.text.strip():
        post_partial(writing, turn=turn, text=half.text)
    return turn


def post_partial(writing: Record, *, turn: Turn, text: str) -> Message:
    language = writing.conversation.language
    return writing.post(kind=Message.Kind.ASSISTANT, text=text, turn=turn, partial=True, language=language)


def end(
    writing: Record, turn: Turn, state: Turn.State, *, error: str = "", first_word: datetime | None = None
) -> None:
    writing.turn, writing.ended = 0, turn.pk
    turn.state, turn.error, turn.first_word_at = state, error, first_word
    turn.finished_at, turn.lease_until = timezone.now(), None
    turn.save(update_fields=["state", "error", "first_word_at", "finished_at", "lease_until"])


def half_written(conversation_id: UUID) -> Half | None:
    """What there is of the running answer. Asked before a transaction, never inside."""
    turn = live_turn(conversation_id)
    if turn is None or turn.state != Turn.State.RUNNING:
        return None
    return Half(turn.pk, live.text_so_far(turn.pk))


def stop(*, conversation_id: UUID, turn_id: int) -> bool:
    """The customer has read enough. What was written stays, marked as partial."""
    half = half_written(conversation_id)
    with record(conversation_id) as writing:
        turn = live_turn(conversation_id)
        if turn is None or turn.pk != turn_id:
            return False
        end_live(writing, Turn.State.CANCELLED, half=half)
        writing.next_seq()
        return True
