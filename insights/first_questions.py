"""What customers began with: the first that is more than a greeting, and which articles it found.

A flow that it began, or the wish for a person, stands where articles stand: "I want to return a lamp" and "I
want a human" found none, and are not alike for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from assistant.smalltalk import courtesy_of

LOOKED_THROUGH = 3  # messages of the customer
LONGEST = 500  # characters
PERSON = "handoff"  # kind of the way that a wish for a person takes
# The articles in the order in which they were found; the translations of one share their `external_id`.
SAID = """
SELECT said.conversation_id, conversation.language, said.text, came.articles, came.step, came.kind
FROM (
    SELECT message.*, row_number() OVER (PARTITION BY conversation_id ORDER BY seq) AS number
    FROM conversations_message message WHERE conversation_id = ANY(%s) AND kind = 'customer'
) said JOIN conversations_conversation conversation ON conversation.id = said.conversation_id
LEFT JOIN LATERAL (
    SELECT trace.route -> 'steps' ->> 0 AS step, trace.route ->> 'kind' AS kind, (
        SELECT array_agg(
            coalesce(nullif(passage ->> 'external_id', ''), passage ->> 'document') ORDER BY place)
        FROM jsonb_array_elements(trace.route -> 'passages') WITH ORDINALITY AS found (passage, place)
        WHERE place <= 5) AS articles
    FROM conversations_turn turn
    JOIN conversations_message answer ON answer.turn_id = turn.id
    JOIN conversations_trace trace ON trace.message_id = answer.id
    WHERE turn.question_id = said.id ORDER BY answer.seq LIMIT 1
) came ON true
WHERE number <= %s ORDER BY said.conversation_id, number
"""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    language: str
    articles: tuple[str, ...] = ()  # the nearest first; the flow, or the person, that it came to instead


def first_questions(conversations: Iterable[UUID]) -> dict[UUID, Question]:
    """By conversation; those that are no more than greetings are left out."""
    found: dict[UUID, Question] = {}
    for key, language, text, articles, step, kind in _rows(list(conversations)):
        if key not in found and (short := telling(text)):
            found[key] = Question(short, language, tuple(articles or _instead(step, kind)))
    return found


def telling(text: str) -> str:
    """On one line; "" for what is no more than a greeting."""
    short = " ".join(text.split())[:LONGEST]
    return short if any(map(str.isalpha, short)) and courtesy_of(short) is None else ""


def _instead(step: str | None, kind: str | None) -> list[str]:
    """A flow by its key: "return_item@3/ask_order" is a step of it."""
    if step:
        return [f"flow {step.partition('@')[0]}"]
    return [PERSON] if kind == PERSON else []


def _rows(keys: list[UUID]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(SAID, [keys, LOOKED_THROUGH])
        yield from cursor.fetchall()
