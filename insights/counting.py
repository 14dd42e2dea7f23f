"""Conversations in numbers, counted when something changes or all anew (`manage.py rebuild_insights`).

Each is counted from its own rows by one statement, whether it has just changed or all are counted anew: so
both give the same, and what comes late (a rating after a week, a customer who writes again) is a change like
any other. What is deleted takes its numbers with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from conversations import live
from conversations.models import Conversation
from insights.steps import EACH, HIGHEST

# Which numbers are counted, and how: raise it whenever a statement below counts something else, or otherwise.
# Everything is counted anew by itself then (recounting.py).
DEFINITIONS = 1
AT_ONCE = 500
LOCK = 0x74616C6C79  # "tally": two workers at once would wait for each other's rows
MOST = 20_000  # in one go: what is left comes with the next ring

COUNT = """
WITH answers AS (
    SELECT message.conversation_id, message.outcome, {a_question} AS is_question,
        trace.route -> 'steps' AS steps, trace.route -> 'passed' AS passed, trace.route -> 'guidance' AS notes
    FROM conversations_message message
    LEFT JOIN conversations_trace trace ON trace.message_id = message.id
    WHERE message.conversation_id = ANY(%(keys)s) AND message.kind = 'assistant'
      AND message.turn_id IS NOT NULL AND NOT message.partial AND NOT message.data ? 'replaced'
), outcomes AS (
    SELECT conversation_id AS id,
        count(*) FILTER (WHERE is_question) AS asked,
        count(*) FILTER (WHERE is_question AND outcome = 'answered') AS answered,
        count(*) FILTER (WHERE outcome = 'declined') AS declined,
        count(*) FILTER (WHERE outcome = 'asked_back') AS asked_back
    FROM answers GROUP BY conversation_id
), walked AS (
    SELECT conversation_id AS id, array_agg(DISTINCT split_part(step, '@', 1)) AS flows
    FROM answers, jsonb_array_elements_text(steps) AS step GROUP BY conversation_id
), ended AS (
    SELECT conversation_id AS id,
        array_agg(DISTINCT split_part(split_part(line, ' ', 2), '@', 1)) AS flows_done
    FROM answers, jsonb_array_elements_text(passed) AS line WHERE starts_with(line, 'done ')
    GROUP BY conversation_id
), followed AS (
    SELECT conversation_id AS id, array_agg(DISTINCT (note ->> 'row')::bigint) AS rules
    FROM answers, jsonb_array_elements(notes) AS note WHERE (note ->> 'hit')::boolean
    GROUP BY conversation_id
), lines AS (
    SELECT conversation_id AS id,
        min(created_at) FILTER (WHERE kind = 'customer') AS began_at,
        count(*) FILTER (WHERE kind = 'person') AS replies,
        coalesce(array_agg(DISTINCT data ->> 'reason' ORDER BY data ->> 'reason')
            FILTER (WHERE data ->> 'code' IN ('handoff', 'person_requested')), '{}') AS handoffs,
        min(created_at) FILTER (WHERE data ->> 'code' IN ('resolved', 'confirmed', 'assumed')
            AND kind IN ('event', 'log')) AS resolved_at,
        min(created_at) FILTER (WHERE data ->> 'code' IN ('reopened', 'went_on')
            AND kind IN ('event', 'log')) AS reopened_at
    FROM conversations_message WHERE conversation_id = ANY(%(keys)s) GROUP BY conversation_id
), thumbs AS (
    SELECT message.conversation_id AS id, count(*) FILTER (WHERE score > 0) AS up,
        count(*) FILTER (WHERE score < 0) AS down
    FROM conversations_rating rating JOIN conversations_message message ON message.id = rating.message_id
    WHERE message.conversation_id = ANY(%(keys)s) GROUP BY message.conversation_id
), scores AS (
    SELECT DISTINCT ON (message.conversation_id) message.conversation_id AS id, score
    FROM conversations_conversationrating rating
    JOIN conversations_message message ON message.id = rating.message_id
    WHERE message.conversation_id = ANY(%(keys)s) ORDER BY message.conversation_id, message.seq DESC
), turns AS (
    SELECT conversation_id AS id, count(*) FILTER (WHERE state = 'failed') AS failed,
        array_agg({first} ORDER BY id) FILTER (WHERE state = 'done') AS first_words,
        array_agg({full} ORDER BY id) FILTER (WHERE state = 'done') AS full_answers
    FROM conversations_turn WHERE conversation_id = ANY(%(keys)s) GROUP BY conversation_id
)
INSERT INTO insights_tally (conversation_id, assistant_id, language, began_at, seq, asked, answered, declined,
    asked_back, failed, handoffs, replies, resolution, resolved_at, reopened_at, up, down, score,
    first_words, full_answers, flows, flows_done, rules, made_by)
SELECT c.id, c.assistant_id, c.language, began_at, c.last_seq,
    coalesce(asked, 0) + coalesce(failed, 0), coalesce(answered, 0), coalesce(declined, 0),
    coalesce(asked_back, 0), coalesce(failed, 0), handoffs, replies, c.resolution, lines.resolved_at,
    reopened_at, coalesce(up, 0), coalesce(down, 0), score,
    coalesce(first_words, '{}'), coalesce(full_answers, '{}'),
    coalesce(flows, '{}'), coalesce(flows_done, '{}'), coalesce(rules, '{}'), ''
FROM conversations_conversation c JOIN lines USING (id)
LEFT JOIN outcomes USING (id)
LEFT JOIN walked USING (id) LEFT JOIN ended USING (id) LEFT JOIN followed USING (id)
LEFT JOIN thumbs USING (id) LEFT JOIN scores USING (id) LEFT JOIN turns USING (id)
WHERE began_at IS NOT NULL
ORDER BY c.id
ON CONFLICT (conversation_id) DO UPDATE SET ({columns}) = ROW ({values})
"""
# Small talk, a step of a flow and the wish for a person are none. The line that hands over, or the form where
# nobody is there, comes right after the answer, a few numbers of the conversation's clock later.
A_QUESTION = """(message.outcome <> 'guided' AND coalesce(trace.route ->> 'kind', '') <> 'small_talk'
    AND NOT (message.outcome = 'handoff' AND EXISTS (
        SELECT FROM conversations_message line WHERE line.conversation_id = message.conversation_id
            AND line.seq BETWEEN message.seq AND message.seq + 5
            AND 'customer_request' IN (line.data ->> 'reason', line.data -> 'leaving' ->> 'reason'))))"""
COLUMNS = (
    "assistant_id", "language", "began_at", "seq", "asked", "answered", "declined", "asked_back", "failed",
    "handoffs", "replies", "resolution", "resolved_at", "reopened_at", "up", "down", "score", "first_words",
    "full_answers", "flows", "flows_done", "rules",
)  # fmt: skip
SPENT = """
INSERT INTO insights_spent (tally_id, assistant_id, language, began_at, model, answers, prompt_tokens,
    completion_tokens, cost, unpriced)
SELECT tally.conversation_id, tally.assistant_id, tally.language, tally.began_at, trace.model, count(*),
    sum(prompt_tokens), sum(completion_tokens), coalesce(sum(cost), 0), count(*) FILTER (WHERE cost IS NULL)
FROM conversations_trace trace JOIN conversations_message message ON message.id = trace.message_id
JOIN insights_tally tally ON tally.conversation_id = message.conversation_id
WHERE message.conversation_id = ANY(%(keys)s) AND trace.model <> ''
GROUP BY tally.conversation_id, trace.model
"""
# What was said while it was counted is counted the next time.
COUNTED = """
UPDATE conversations_conversation c SET uncounted = false
FROM unnest(%(keys)s::uuid[], %(clocks)s::bigint[]) AS seen (id, clock)
WHERE c.id = seen.id AND c.last_seq = seen.clock AND c.uncounted
"""


def _step(moment: str) -> str:
    """The step of steps.py on which the time from a question to `moment` stands."""
    milliseconds = f"greatest(extract(epoch FROM {moment} - queued_at) * 1000, 1)"
    return f"least({HIGHEST}, floor(ln({milliseconds}) / ln({EACH})))::smallint"


_COUNT = (
    COUNT.replace("{a_question}", A_QUESTION)
    .replace("{first}", _step("coalesce(first_word_at, finished_at)"))
    .replace("{full}", _step("finished_at"))
    .replace("{columns}", ", ".join(COLUMNS))
    .replace("{values}", ", ".join(f"EXCLUDED.{name}" for name in COLUMNS))
)


def count_changed(most: int = MOST) -> int:
    """Those in which something has changed; returns how many. Beat runs it."""
    found = Conversation.objects.filter(uncounted=True).order_by("pk")
    rows = list(found.values_list("pk", "last_seq")[:most])
    for start in range(0, len(rows), AT_ONCE):
        count(rows[start : start + AT_ONCE])
    if rows:
        live.ring(live.Ring("", kind="gathered"))
    return len(rows)


def count_all() -> Iterator[int]:
    """All of them anew; says after each batch how many are done."""
    last, done = None, 0
    while some := after(last):
        count(some)
        last, done = some[-1][0], done + len(some)
        yield done


def after(last: UUID | None) -> list[tuple[UUID, int]]:
    """The next ones by their keys, each with its clock."""
    rows = Conversation.objects.order_by("pk")
    rows = rows if last is None else rows.filter(pk__gt=last)
    return list(rows.values_list("pk", "last_seq")[:AT_ONCE])


@transaction.atomic
def count(some: Sequence[tuple[UUID, int]]) -> None:
    """These conversations, each with its clock as it stood before they were read."""
    keys = [pk for pk, _clock in some]
    given: dict[str, Any] = {"keys": keys, "clocks": [clock for _pk, clock in some]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(_COUNT, given)
        cursor.execute("DELETE FROM insights_spent WHERE tally_id = ANY(%(keys)s)", given)
        cursor.execute(SPENT, given)
        cursor.execute(COUNTED, given)
