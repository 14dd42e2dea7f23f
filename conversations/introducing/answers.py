"""What customers answered before the chat, for whoever needs it later: staff, exports, flows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from conversations.introducing.rows import Introduction
from conversations.models import Conversation
from flows.texts import in_language

Answer = dict[str, Any]  # as rows.py has it


def answers_of(conversation: Conversation) -> list[Answer]:
    """What this customer has answered this assistant, here or in a conversation before: nothing is asked
    twice."""
    return latest(introductions_of(conversation).values_list("answers", flat=True))


def introductions_of(conversation: Conversation) -> QuerySet[Introduction]:
    """Of this customer, to this assistant; the earliest first."""
    return Introduction.objects.filter(
        conversation__customer=conversation.customer_id, conversation__assistant=conversation.assistant_id
    )


def answers_by_conversation(keys: Collection[UUID]) -> dict[UUID, list[Answer]]:
    """Of many: what was answered in each of them."""
    found: dict[UUID, list[list[Answer]]] = {}
    rows = Introduction.objects.filter(conversation__in=keys)
    for key, answers in rows.order_by("pk").values_list("conversation", "answers"):
        found.setdefault(key, []).append(answers)
    return {key: latest(answers) for key, answers in found.items()}


def latest(rows: Iterable[list[Answer]]) -> list[Answer]:
    """Of each question."""
    return list({one["key"]: one for answers in rows for one in answers}.values())


def in_words(answer: Answer, language: str) -> dict[str, str]:
    """The question, and what was answered, as staff read both."""
    shown = in_language(answer.get("shown", {}), language) or answer["value"]
    return {"label": str(in_language(answer["label"], language)), "value": str(shown)}
