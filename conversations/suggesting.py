"""What persons of staff have answered, suggested as knowledge once their conversation is resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assistant.events import Outcome
from chatbot.markdown import words_of
from conversations.models import Conversation, ConversationQuerySet, Message, Status
from conversations.posting import HEARD
from knowledge.cleaning.base import Rules
from knowledge.cleaning.conversations import Candidate, candidates
from knowledge.cleaning.personal import redact
from knowledge.intake import suggesting
from knowledge.loaders import base
from knowledge.models import ImportRun
from knowledge.refusals import CONVERSATION

AT_ONCE = 100  # conversations in one import
_HEARD = Q(kind__in=HEARD) & ~Q(data__has_any_keys=["replaced", "form"])
ROLES = {
    Message.Kind.CUSTOMER: "customer",
    Message.Kind.PERSON: "agent",
    Message.Kind.ASSISTANT: "bot",
}


def collect() -> ImportRun | None:
    """Suggest what conversations teach that nobody has looked at, each of them once.

    None when there is nothing; what comes while suggestions are to be decided waits until they are.
    """
    if not _untaken().exists():
        return None
    with transaction.atomic():
        source = suggesting.reserve()
        if source is None:
            return None
        taken = list(_untaken().select_related("customer")[:AT_ONCE])
        run = suggesting.suggest(source, [as_read(conversation) for conversation in taken])
        keys = [conversation.pk for conversation in taken]
        Conversation.objects.filter(pk__in=keys).update(suggested_at=timezone.now())
    return run


def _untaken() -> ConversationQuerySet:
    resolved = Conversation.objects.filter(status=Status.RESOLVED, suggested_at=None)
    persons = Message.objects.filter(conversation=OuterRef("pk"), kind=Message.Kind.PERSON)
    return resolved.filter(Exists(persons)).order_by("resolved_at")


def answered_by_staff(questions: Sequence[Message]) -> dict[int, Candidate]:
    """What staff first answered after each of a customer's messages, by the key of the message."""
    told = _HEARD & Q(conversation__in={message.conversation_id for message in questions})
    every = Message.objects.filter(told).select_related("author", "rating", "conversation__customer")
    by_conversation: dict[UUID, list[Message]] = defaultdict(list)
    for message in every.order_by("seq"):
        by_conversation[message.conversation_id].append(message)
    found = ((one.pk, _answer_to(one, by_conversation[one.conversation_id])) for one in questions)
    return {key: candidate for key, candidate in found if candidate}


def _answer_to(question: Message, messages: Sequence[Message]) -> Candidate | None:
    since = [message for message in messages if message.seq >= question.seq]
    if not since:
        return None
    read = _as_read(since[0].conversation, since)
    return next((one for one in candidates(read) if one.by == "agent"), None)


def as_read(conversation: Conversation) -> base.Conversation:
    """As an import would read it; the names of those who talk are taken out, and forms: they ask nothing."""
    messages = conversation.messages.filter(_HEARD).select_related("author", "rating").order_by("seq")
    return _as_read(conversation, messages)


def _as_read(conversation: Conversation, messages: Iterable[Message]) -> base.Conversation:
    known = conversation.language in dict(settings.LANGUAGES)
    rules = Rules(frozenset(["personal"]), personal="redact", names=_names(conversation, messages))
    said = (
        base.Said(
            ROLES[Message.Kind(message.kind)],
            redact(_words(message), rules, conversation.language)[0],
            message.created_at.isoformat(),
            message.rating.score if hasattr(message, "rating") else None,
        )
        for message in _that_answer(messages)
    )
    return base.Conversation(
        place=_place(conversation),
        external_id=str(conversation.pk),
        messages=tuple(said),
        language=conversation.language if known else "",
        resolved=True,
    )


def _that_answer(messages: Iterable[Message]) -> Iterator[Message]:
    """Without what the assistant said and did not answer with, and without its words where a person answered
    the same."""
    for from_customer, turn in groupby(messages, key=lambda one: one.kind == Message.Kind.CUSTOMER):
        told = list(turn)
        person = any(message.kind == Message.Kind.PERSON for message in told)
        for message in told:
            answer = message.outcome == Outcome.ANSWERED and not message.partial and not person
            if from_customer or message.kind == Message.Kind.PERSON or answer:
                yield message


def _words(message: Message) -> str:
    """Customers write no Markdown."""
    return message.text if message.kind != Message.Kind.ASSISTANT else words_of(message.text)


def _names(conversation: Conversation, messages: Iterable[Message]) -> frozenset[str]:
    """Of the customer and of the staff; short ones are words of some language."""
    authors = {message.author for message in messages if message.author}
    full = [conversation.customer.name, *(author.get_full_name() for author in authors)]
    return frozenset(part for name in full for part in [name, *name.split()] if len(part) > 2)


def _place(conversation: Conversation) -> base.Place:
    day = conversation.resolved_at or conversation.created_at
    return base.Place(timezone.localdate(day).isoformat(), CONVERSATION, name=str(conversation.pk))
