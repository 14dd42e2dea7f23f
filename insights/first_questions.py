"""What customers began with: the first that is more than a greeting, and which articles it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from assistant.smalltalk import courtesy_of

LOOKED_THROUGH = 3  # messages of the customer
LONGEST = 500  # characters
# The articles in the order in which they were found; the translations of one share their `external_id`.
SAID = """
SELECT said.conversation_id, conversation.language, said.text, (
    SELECT array_agg(coalesce(nullif(passage ->> 'external_id', ''), passage ->> 'document') ORDER BY place)
    FROM conversations_turn turn
    JOIN conversations_message answer ON answer.turn_id = turn.id
    JOIN conversations_trace trace ON trace.message_id = answer.id
    CROSS JOIN jsonb_array_elements(trace.route -> 'passages') WITH ORDINALITY AS found (passage, place)
    WHERE turn.question_id = said.id AND place <= 5)
FROM (
    SELECT message.*, row_number() OVER (PARTITION BY conversation_id ORDER BY seq) AS number
    FROM conversations_message message WHERE conversation_id = ANY(%s) AND kind = 'customer'
) said JOIN conversations_conversation conversation ON conversation.id = said.conversation_id
WHERE number <= %s ORDER BY said.conversation_id, number
"""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    language: str
    articles: tuple[str, ...] = ()  # the nearest first


def first_questions(conversations: Iterable[UUID]) -> dict[UUID, Question]:
    """By conversation; those that are no more than greetings are left out."""
    found: dict[UUID, Question] = {}
    for key, language, text, articles in _rows(list(conversations)):
        short = " ".join(text.split())[:LONGEST]
        if key not in found and any(map(str.isalpha, short)) and courtesy_of(short) is None:
            found[key] = Question(short, language, tuple(articles or ()))
    return found


def _rows(keys: list[UUID]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(SAID, [keys, LOOKED_THROUGH])
        yield from cursor.fetchall()
