"""Answers to the questions before the chat: all of them are kept, once, or none and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from assistant.introduction.asked import Asked, Kind
from conversations import limits
from conversations.introducing.asking import has_begun, open_questions
from conversations.introducing.checking import check, read
from conversations.introducing.rows import Introduction
from conversations.models import Conversation, Customer
from conversations.posting import Record, record
from conversations.refusals import Refused


def introduce(
    *, conversation_id: UUID, values: Mapping[str, str], client_id: UUID, address: str = ""
) -> dict[str, str]:
    """Of each question whose answer cannot be kept, why (a code of checking.py); then nothing was kept. Given
    nothing, what need not be answered is passed over.

    Raises Refused: "too_fast", and "form_gone" where something was answered that is not asked any more.
    """
    known = Introduction.objects.filter(conversation=conversation_id, client_id=client_id)
    if known.exists():
        return {}
    _keep_to_the_limit(conversation_id, address)
    with record(conversation_id) as writing:
        if known.exists():
            return {}
        asked, said = open_questions(writing.conversation), read(values)
        if said.keys() - {one.key for one in asked}:
            raise Refused("form_gone")
        wrong = check(asked, said)
        if asked and not wrong:
            _keep(writing, asked, said, client_id)
        return wrong


def _keep_to_the_limit(conversation_id: UUID, address: str) -> None:
    customer = Conversation.objects.values_list("customer_id", flat=True).get(pk=conversation_id)
    if not limits.allows(customer=str(customer), address=address):
        raise Refused("too_fast", permanent=False)


def _keep(writing: Record, asked: Sequence[Asked], said: Mapping[str, str], client_id: UUID) -> None:
    conversation = writing.conversation
    about = {kind.value: said[kind] for kind in (Kind.NAME, Kind.EMAIL) if kind in said}
    if about:
        Customer.objects.filter(pk=conversation.customer_id).update(**about)
    Introduction.objects.create(
        conversation=conversation,
        client_id=client_id,
        asked=[one.key for one in asked],
        answers=[_answer(one, said[one.key]) for one in asked if one.key in said and one.key not in about],
    )
    if has_begun(conversation):  # staff may have it open, and search for the name
        conversation.unsearched = True
        writing.change()


def _answer(asked: Asked, value: str) -> dict[str, Any]:
    """As staff read it, whatever becomes of the question."""
    languages = [code for code, _name in settings.LANGUAGES]
    kept: dict[str, Any] = {"key": asked.key, "value": value}
    kept["label"] = {code: asked.label_in(code) for code in languages}
    if asked.kind is Kind.CHOICE:
        kept["shown"] = {code: asked.options_in(code)[value] for code in languages}
    return kept
