"""Let what was just written have happened long ago. Only for conversations that were never had."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

# What was written in a conversation keeps its order, a few seconds to minutes apart: `pace` says how many
# seconds after its beginning each message came.
MESSAGES = """
UPDATE conversations_message AS m SET created_at = %(begun)s + moved.after * interval '1 second'
FROM (SELECT * FROM unnest(%(messages)s::bigint[], %(pace)s::float[]) AS t(id, after)) AS moved
WHERE m.id = moved.id
"""
TURNS = """
UPDATE conversations_turn AS t SET
    queued_at = q.created_at,
    started_at = q.created_at + interval '40 milliseconds',
    first_word_at = q.created_at + tr.first_word_ms * interval '1 millisecond',
    finished_at = q.created_at + tr.total_ms * interval '1 millisecond'
FROM conversations_message AS q, conversations_message AS a, conversations_trace AS tr
WHERE t.conversation_id = %(conversation)s
  AND q.id = t.question_id AND a.turn_id = t.id AND tr.message_id = a.id
"""
RATINGS = """
UPDATE {table} AS r SET
    created_at = m.created_at + interval '20 seconds', updated_at = m.created_at + interval '20 seconds'
FROM conversations_message AS m WHERE m.id = r.message_id AND m.conversation_id = %(conversation)s
"""
CONVERSATION = """
UPDATE conversations_conversation AS c SET
    created_at = %(begun)s,
    last_message_at = (SELECT max(created_at) FROM conversations_message
                       WHERE conversation_id = c.id AND kind IN ('customer', 'assistant', 'person')),
    waiting_since = CASE WHEN waiting_since IS NULL THEN NULL ELSE (
        SELECT max(created_at) FROM conversations_message
        WHERE conversation_id = c.id AND kind = 'event') END,
    resolved_at = CASE WHEN resolved_at IS NULL THEN NULL ELSE (
        SELECT max(created_at) FROM conversations_message WHERE conversation_id = c.id) END,
    reply_due_at = reply_due_at - (now() - %(begun)s),
    resolve_due_at = resolve_due_at - (now() - %(begun)s)
WHERE c.id = %(conversation)s
"""
CUSTOMER = """
UPDATE conversations_customer SET created_at = %(begun)s, last_seen_at = %(begun)s
WHERE id = (SELECT customer_id FROM conversations_conversation WHERE id = %(conversation)s)
"""
SETTLED = (
    """UPDATE conversations_conversation SET resolved_at = last_message_at + %(after)s
       WHERE id = %(conversation)s""",
    """UPDATE conversations_message AS m SET created_at = c.resolved_at
       FROM conversations_conversation AS c
       WHERE c.id = %(conversation)s AND m.conversation_id = c.id AND m.kind = 'log'""",
)
TABLES = ("conversations_rating", "conversations_conversationrating")


def move_back(conversation: UUID, begun: datetime, pace: dict[int, timedelta]) -> None:
    """`pace`: how long after the beginning each message came, by its id."""
    parameters: dict[str, Any] = {
        "conversation": conversation,
        "begun": begun,
        "messages": list(pace),
        "pace": [after.total_seconds() for after in pace.values()],
    }
    with connection.cursor() as cursor:
        for statement in (
            MESSAGES,
            TURNS,
            CONVERSATION,
            CUSTOMER,
            *(RATINGS.format(table=one) for one in TABLES),
        ):
            cursor.execute(statement, parameters)


def settled(conversation: UUID, after: timedelta) -> None:
    """What was resolved by itself was so some time after the last word."""
    parameters: dict[str, Any] = {"conversation": conversation, "after": after}
    with connection.cursor() as cursor:
        for statement in SETTLED:
            cursor.execute(statement, parameters)
