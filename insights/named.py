"""What assistants, topics and flows are called, and a question that shows what a topic is about; and how far
everything is that is being counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson
from django.db import connection

from flows.walked_words import named
from insights.counting import DEFINITIONS
from insights.first_questions import LOOKED_THROUGH, Question, telling

NAMED = """
SELECT 'assistant', id, name, '', NULL::text[], '' FROM assistant_assistant
UNION ALL
SELECT 'flow', id, key, '', NULL::text[], coalesce((draft -> 'name')::text, '')
FROM flows_flow WHERE key = ANY(%s)
UNION ALL
SELECT 'anew', done, total::text, '', NULL::text[], '' FROM insights_counted WHERE version <> %s
UNION ALL
SELECT 'topic', topic.id, topic.name, coalesce(conversation.language, ''), said.texts, ''
FROM insights_topic topic
LEFT JOIN conversations_conversation conversation ON conversation.id = topic.example_id
LEFT JOIN LATERAL (
    SELECT array_agg(text ORDER BY seq) AS texts FROM (
        SELECT text, seq FROM conversations_message
        WHERE conversation_id = topic.example_id AND kind = 'customer' ORDER BY seq LIMIT %s
    ) AS first
) said ON true
"""


@dataclass
class Names:
    """By key."""

    assistants: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    examples: dict[int, Question] = field(default_factory=dict)
    flows: dict[str, str] = field(default_factory=dict)
    anew: tuple[int, int] | None = None  # how many of how many; None: all numbers are of the same definitions


def names(flows: Sequence[str] = ()) -> Names:
    """Of all assistants and topics, and of the `flows` with these keys, in one statement."""
    found = Names()
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [list(flows), DEFINITIONS, LOOKED_THROUGH])
        for what, key, name, language, texts, titles in cursor.fetchall():
            if what == "flow":
                found.flows[name] = named(orjson.loads(titles or "null"), name)
            elif what == "anew":
                found.anew = key, int(name)
            else:
                (found.topics if what == "topic" else found.assistants)[key] = name
            if said := next(filter(None, map(telling, texts or [])), ""):
                found.examples[key] = Question(said, language)
    return found
