"""Topics by what they are called and what is asked in them: their latest questions, as their pages show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from conversations.inbox.words import words
from insights.first_questions import Question, first_questions

LONGEST = 100
SHOWN = 12  # questions of each topic
LATEST = """
SELECT topic.id, asked.conversation_id FROM insights_topic topic JOIN LATERAL (
    SELECT t.conversation_id FROM insights_tally t
    WHERE t.topic_id = topic.id AND t.began_at < %s ORDER BY t.began_at DESC LIMIT %s
) AS asked ON true
WHERE topic.id = ANY(%s)
"""


def said(query: Mapping[str, str]) -> str:
    """What is looked for, as the address has it."""
    return " ".join(str(query.get("topic", "")).replace("\x00", "").split())[:LONGEST]


def having(
    looked_for: str, names: Mapping[int, str], examples: Mapping[int, Question], *, until: datetime
) -> set[int]:
    """The topics whose name, or one of whose questions, has all of these words; beginnings are enough."""
    wanted = words(looked_for)
    known = {key: [name] for key, name in names.items()}
    for key, example in examples.items():
        known.setdefault(key, []).append(example.text)
    found = {key for key, texts in known.items() if any(_has(text, wanted) for text in texts)}
    asked = _asked([key for key in names if key not in found], until)
    questions = first_questions(asked)
    return found | {asked[pk] for pk, question in questions.items() if _has(question.text, wanted)}


def _has(text: str, wanted: list[str]) -> bool:
    there = words(text, most=None)
    return all(any(one.startswith(word) for one in there) for word in wanted)


def _asked(topics: list[int], until: datetime) -> dict[UUID, int]:
    """By conversation, the topic that it belongs to."""
    if not topics:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [until, SHOWN, topics])
        return {conversation: topic for topic, conversation in cursor.fetchall()}
