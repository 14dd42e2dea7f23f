"""What was published or changed, and how the questions that it concerns went before it and since.

It concerns the topics of the conversations that cite an article, in which it was corrected, or whose gap it
closes; a change of guidance, of a flow or of a model concerns everything. Compared are four weeks before with
at most four weeks after, as far as they are over; until the same thing is changed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from insights.difference import Share
from insights.period import Period
from insights.spans import ASKED, WELL, Span

WEEKS = timedelta(days=28)
PAGE = 10
MOST_TOPICS = 3  # that one article concerns
OFTEN = 0.25  # of the conversations that cite it, from which a topic is concerned
# What the trail says was put before customers, the newest first.
CHANGES = """
SELECT at,
    CASE WHEN kind = 'assistant' AND after ?| ARRAY['answer_model', 'rewrite_model'] THEN 'model'
        ELSE kind END,
    key, label
FROM accounts_auditentry
WHERE at >= %(begin)s AND at < %(end)s AND (
    (app = 'knowledge' AND kind = 'document' AND action = 'published')
    OR (app = 'flows' AND kind = 'flow' AND action IN ('published', 'trial'))
    OR (app = 'assistant' AND kind IN ('guidance', 'assistant') AND action IN ('added', 'changed', 'deleted'))
)
ORDER BY at DESC, id DESC OFFSET %(skipped)s LIMIT %(most)s
"""
# Of articles: in how many conversations of each topic they were cited; a topic where one was corrected, or
# whose gap one closes, is surely concerned.
TOPICS = """
SELECT c.document_id, t.topic_id, count(DISTINCT t.conversation_id), FALSE
FROM conversations_citation c JOIN conversations_message m ON m.id = c.message_id
JOIN insights_tally t ON t.conversation_id = m.conversation_id
WHERE c.document_id = ANY(%(documents)s) AND t.topic_id IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT k.document_id, t.topic_id, count(DISTINCT t.conversation_id), TRUE
FROM evaluation_correction k JOIN conversations_message m ON m.id = k.message_id
JOIN insights_tally t ON t.conversation_id = m.conversation_id
WHERE k.document_id = ANY(%(documents)s) AND t.topic_id IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT g.document_id, t.topic_id, count(DISTINCT t.conversation_id), TRUE
FROM evaluation_gap g JOIN evaluation_gapquestion q ON q.gap_id = g.id
JOIN conversations_message m ON m.id = q.message_id
JOIN insights_tally t ON t.conversation_id = m.conversation_id
WHERE g.document_id = ANY(%(documents)s) AND t.topic_id IS NOT NULL GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: document, flow, guidance, assistant or model; `key` of its row, `name` as it was called."""

    at: datetime
    kind: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Effect:
    """`topics` None: it concerns none that is known."""

    change: Change
    topics: tuple[int, ...] | None
    before_span: Span
    after_span: Span
    before: Share
    after: Share


def effects(period: Period, *, now: datetime, skipped: int = 0) -> tuple[list[Effect], bool]:
    """A page of changes of these days with what came of them, and whether there are more."""
    found = _changes(period, skipped)
    changes, more = found[:PAGE], len(found) > PAGE
    concerned = _concerned([int(one.key) for one in changes if one.kind == "document" and one.key.isdigit()])
    spans = [_spans(change, changes, concerned, now) for change in changes]
    counted = _count([span for pair in spans for span in pair[1:]])
    return [
        Effect(change, topics, before, after, counted[2 * at], counted[2 * at + 1])
        for at, (change, (topics, before, after)) in enumerate(zip(changes, spans, strict=True))
    ], more


def _changes(period: Period, skipped: int) -> list[Change]:
    given: dict[str, Any] = {"begin": period.begin, "end": period.end, "skipped": skipped, "most": PAGE + 1}
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, given)
        return [Change(*row) for row in cursor.fetchall()]


def _concerned(documents: Sequence[int]) -> Mapping[str, tuple[int, ...]]:
    """The topics of each article."""
    if not documents:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TOPICS, {"documents": list(documents)})
        rows = cursor.fetchall()
    by_document: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for document, topic, number, surely in rows:
        by_document[document].append((topic, number, surely))
    return {str(pk): topics_of(found) for pk, found in by_document.items()}


def topics_of(found: Iterable[tuple[int, int, bool]]) -> tuple[int, ...]:
    """Of (topic, conversations, surely): those that are sure, then those that are often, the most first."""
    rows = sorted(found, key=lambda row: (-row[2], -row[1], row[0]))
    cited = sum(number for _topic, number, surely in rows if not surely)
    told = [topic for topic, number, surely in rows if surely or number >= OFTEN * cited]
    return tuple(dict.fromkeys(told))[:MOST_TOPICS]


def _spans(
    change: Change, changes: Sequence[Change], concerned: Mapping[str, tuple[int, ...]], now: datetime
) -> tuple[tuple[int, ...] | None, Span, Span]:
    topics = concerned.get(change.key) if change.kind == "document" else ()
    same = (
        one.at for one in changes if (one.kind, one.key) == (change.kind, change.key) and one.at > change.at
    )
    over = min([now, change.at + WEEKS, *same])
    narrowed = topics if topics is not None else (0,)  # no topic has this number
    return topics, Span(change.at - WEEKS, change.at, narrowed), Span(change.at, over, narrowed)


def _count(spans: Sequence[Span]) -> list[Share]:
    """All in one statement, by the condition that the lists behind them have."""
    if not spans:
        return []
    given: dict[str, Any] = {f"detail{at}": str(span) for at, span in enumerate(spans)}
    parts = [
        f"SELECT {at}, count(*), count(*) FILTER (WHERE {WELL}) FROM insights_tally t WHERE "  # noqa: S608
        + ASKED.replace("%(detail)s", f"%(detail{at})s")
        for at in range(len(spans))
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1", given)
        return [Share(well, asked) for _at, asked, well in cursor.fetchall()]
