"""What a customer thinks of one answer, and of the whole at its end. Saying it again replaces it."""

from __future__ import annotations

from uuid import UUID

from chatbot import mailing
from conversations.event_lines import RESOLVED
from conversations.masking import without_cards
from conversations.models import ConversationRating, Message, Rating
from conversations.posting import record
from conversations.refusals import Refused


def rate(
    *,
    conversation_id: UUID,
    message_id: int,
    score: int,
    reason: str = "",
    comment: str = "",
    email: str = "",
) -> Rating:
    """Keep what the customer says of one answer; `email`: where they want to be told once it was put right,
    which only a complaint can be. Raises Refused "not_found"; "bad_address" for what is none, once the rest
    is kept."""
    can_be_told = mailing.is_address(email) and score < 0
    with record(conversation_id) as writing:
        message = _message(conversation_id, message_id, kind=Message.Kind.ASSISTANT)
        said = {"score": score, "reason": reason, "comment": _clean(comment)}
        said["email"] = email if can_be_told else ""
        rating, _ = Rating.objects.update_or_create(message=message, defaults=said)
        writing.touch(message)
    if email and score < 0 and not can_be_told:
        raise Refused("bad_address")
    return rating


def rate_conversation(
    *, conversation_id: UUID, message_id: int, score: int, comment: str = ""
) -> ConversationRating:
    """Keep what the customer says of the conversation that ended with this line, "… has closed this
    conversation". Raises Refused "not_found"."""
    with record(conversation_id) as writing:
        line = _message(conversation_id, message_id, kind=Message.Kind.EVENT, data__code=RESOLVED)
        said = {"score": score, "comment": _clean(comment)}
        rating, _ = ConversationRating.objects.update_or_create(message=line, defaults=said)
        writing.touch(line)
        return rating


def _message(conversation_id: UUID, message_id: int, **facts: str) -> Message:
    message = Message.objects.filter(conversation=conversation_id, pk=message_id, **facts).first()
    if message is None:
        raise Refused("not_found")
    return message


def _clean(comment: str) -> str:
    return without_cards(comment.replace("\x00", "").strip())
