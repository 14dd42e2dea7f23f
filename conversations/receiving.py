"""What a customer says and does. Each function is one action, safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from conversations import limits, turns
from conversations.attachments import sending
from conversations.drafts import asking as drafts
from conversations.inbox.snoozing import wake_up
from conversations.introducing.asking import let_answer_first
from conversations.masking import without_cards
from conversations.models import Conversation, Message, Owner, Resolution, Status, Turn
from conversations.notifying import occasions
from conversations.posting import Record, record
from conversations.refusals import Refused, spoken, written
from conversations.settling import BY_ITSELF
from flows.stock import phrase


@dataclass(frozen=True, slots=True)
class Received:
    message: Message
    fresh: bool  # False: it had been received before


def receive(
    *,
    conversation_id: UUID,
    text: str,
    client_id: UUID,
    address: str = "",
    files: Sequence[UUID] = (),
    data: dict[str, Any] | None = None,
    unless: Callable[[], bool] | None = None,
) -> Received:
    """Store a customer's message once, however often it is sent, and queue the assistant's turn. The number
    of a payment card is masked before anything is stored.

    Raises Refused: "too_fast" when this customer or this address says too much, "invalid" for neither words
    nor `files`, "form_gone" where it is too late (`unless`, asked under the lock), "questions_first" where
    something has to be answered before the chat, and what conversations/attachments/sending.py refuses.
    """
    text = without_cards(written(text) if files else spoken(text))
    repeated = Message.objects.filter(conversation=conversation_id, client_id=client_id)
    _keep_to_the_limit(conversation_id, address, repeated=repeated)
    with record(conversation_id) as writing:
        if known := writing.find(client_id):
            return Received(known, fresh=False)
        if unless and unless():
            raise Refused("form_gone")
        let_answer_first(writing.conversation)
        attached = sending.unsent(writing.conversation, files)
        if writing.conversation.status == Status.RESOLVED:
            _reopen(writing)
        elif writing.conversation.status == Status.SNOOZED:
            wake_up(writing)
        kept = {**(data or {}), **sending.as_data(attached)}
        message = writing.post(kind=Message.Kind.CUSTOMER, text=text, client_id=client_id, data=kept)
        sending.send(attached, message)
        if writing.conversation.owner == Owner.ASSISTANT:
            turns.open_turn(writing, question=message)
        else:
            occasions.replied(message)
            drafts.customer_wrote(writing, message)
        return Received(message, fresh=True)


def choose(
    *, conversation_id: UUID, message_id: int, option: int, client_id: UUID, address: str = ""
) -> Received:
    """Say what a quick reply offers. Raises Refused "not_found"."""
    message = Message.objects.filter(conversation=conversation_id, pk=message_id).first()
    if message is None or option >= len(message.options):
        raise Refused("not_found")
    text = message.options[option]["text"]
    if _is_yes_or_no(text) and was_answered(message):
        raise Refused("not_found")
    return receive(
        conversation_id=conversation_id,
        text=text,
        client_id=client_id,
        address=address,
        data={"chosen": message_id},
    )


def _is_yes_or_no(text: str) -> bool:
    return any(text == phrase(word, code) for word in ("yes", "no") for code, _ in settings.LANGUAGES)


def was_answered(message: Message) -> bool:
    """What comes late, a yes or a form, must not be an answer to another question, asked since."""
    since = Message.objects.filter(conversation=message.conversation_id, pk__gt=message.pk)
    return since.filter(kind__in=[Message.Kind.ASSISTANT, Message.Kind.PERSON]).exists()


def retry(*, conversation_id: UUID, client_id: UUID, address: str = "") -> Turn | None:
    """Answer the last question again, once for each `client_id`. It costs what a question costs, so it is
    counted like one. None: a person answers, or nothing has been asked."""
    repeated = Turn.objects.filter(conversation=conversation_id, client_id=client_id)
    _keep_to_the_limit(conversation_id, address, repeated=repeated)
    with record(conversation_id) as writing:
        if current := repeated.first() or turns.live_turn(conversation_id):
            return current
        question = Message.objects.filter(conversation=conversation_id, kind=Message.Kind.CUSTOMER).last()
        if question is None:
            return None
        if writing.conversation.status == Status.RESOLVED:
            _reopen(writing)
        if writing.conversation.owner != Owner.ASSISTANT:
            return None
        writing.next_seq()
        return turns.open_turn(writing, question=question, client_id=client_id)


def _reopen(writing: Record) -> None:
    """Who was not told that it was over is not told that it goes on. What had helped nobody was not resolved:
    its going on is no failure of it (insights/counting.py)."""
    how = writing.conversation.resolution
    writing.change(
        status=Status.OPEN, owner=Owner.ASSISTANT, assignee=None, handoff_reason="", waiting_since=None,
        resolved_at=None, resolution="", reply_due_at=None, resolve_due_at=None,
    )  # fmt: skip
    if how in BY_ITSELF:
        writing.post_log("came_back" if how == Resolution.UNHELPED else "went_on")
    else:
        writing.post_event("reopened")


def _keep_to_the_limit(
    conversation_id: UUID, address: str, *, repeated: QuerySet[Message] | QuerySet[Turn]
) -> None:
    """What is repeated has been counted; it is acknowledged, however much has been said since."""
    customer = Conversation.objects.values_list("customer_id", flat=True).get(pk=conversation_id)
    if not limits.allows(customer=str(customer), address=address) and not repeated.exists():
        raise Refused("too_fast", permanent=False)
