"""What was published or changed, and how the conversations that it concerns went before it and since.

It counts from when customers got it, which may be later than it was edited (reaching.py).

Compared are four weeks before with at most four weeks after, as far as they are over; until the same thing is
changed again. Which conversations those are: concerns.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from insights.concerns import Change, Concern, concerns
from insights.difference import Share
from insights.period import Period
from insights.reaching import REACHED
from insights.spans import CONDITIONS, Span

WEEKS = timedelta(days=28)
PAGE = 10
# What the trail says was put before customers, the newest first. An import is published a page at a time:
# what comes within an hour is one.
CHANGES = f"""
SELECT reached.at,
    CASE WHEN kind = 'assistant' AND after ?| ARRAY['answer_model', 'rewrite_model'] THEN 'model'
        WHEN kind = 'assistant' AND after ? 'release' THEN 'release'
        WHEN kind = 'importrun' THEN 'import' ELSE kind END,
    key, label, entry.at
FROM accounts_auditentry entry CROSS JOIN LATERAL (SELECT {REACHED} AS at) reached
WHERE ({{when}}) AND (
    (app = 'knowledge' AND kind = 'document' AND action = 'published')
    OR (app = 'knowledge' AND kind = 'importrun' AND action = 'imported' AND after ? 'published'
        AND NOT EXISTS (
            SELECT FROM accounts_auditentry before WHERE before.key = entry.key
                AND before.app = 'knowledge' AND before.kind = 'importrun' AND before.action = 'imported'
                AND before.after ? 'published'
                AND (before.at, before.id) < (entry.at, entry.id) AND before.at > entry.at - interval '1 hour'
        ))
    OR (app = 'flows' AND kind = 'flow' AND action IN ('published', 'trial'))
    OR (app = 'assistant' AND kind IN ('guidance', 'assistant') AND action IN ('added', 'changed', 'deleted'))
    OR (app = 'assistant' AND kind = 'assistant' AND action IN ('published', 'withdrawn')
        AND after ? 'release')
)
"""  # noqa: S608 (all of it is written here and in reaching.py)
SERVED = (
    CHANGES.format(when="reached.at >= %(begin)s AND reached.at < %(end)s")
    + "ORDER BY reached.at DESC, entry.id DESC OFFSET %(skipped)s LIMIT %(most)s"
)
WAITING = (
    "SELECT count(*) FROM ("  # noqa: S608 (as above)
    + CHANGES.format(when="reached.at IS NULL AND entry.at >= %(begin)s AND entry.at < %(end)s")
    + ") waiting"
)


@dataclass(frozen=True, slots=True)
class Effect:
    change: Change
    concern: Concern
    before_span: Span
    after_span: Span
    before: Share
    after: Share


def effects(period: Period, *, now: datetime, skipped: int = 0) -> tuple[list[Effect], bool]:
    """A page of changes of these days with what came of them, and whether there are more."""
    found = _changes(period, skipped)
    changes, more = found[:PAGE], len(found) > PAGE
    concerned = concerns(changes, looks_back=WEEKS)
    spans = [
        _spans(change, changes, concern, now) for change, concern in zip(changes, concerned, strict=True)
    ]
    counted = _count([span for pair in spans for span in pair])
    return [
        Effect(change, concerned[at], *spans[at], counted[2 * at], counted[2 * at + 1])
        for at, change in enumerate(changes)
    ], more


def _changes(period: Period, skipped: int) -> list[Change]:
    given: dict[str, Any] = {"begin": period.begin, "end": period.end, "skipped": skipped, "most": PAGE + 1}
    with connection.cursor() as cursor:
        cursor.execute(SERVED, given)
        return [Change(*row) for row in cursor.fetchall()]


def waiting(period: Period) -> int:
    """How many changes of these days no customer gets yet, but with the next release."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"begin": period.begin, "end": period.end})
        return int(cursor.fetchone()[0])


def _spans(change: Change, changes: Sequence[Change], concern: Concern, now: datetime) -> tuple[Span, Span]:
    same = (
        one.at for one in changes if (one.kind, one.key) == (change.kind, change.key) and one.at > change.at
    )
    over = min([now, change.at + WEEKS, *same])
    narrowed = concern.topics if concern.topics is not None else (0,)  # no topic has this number
    of: dict[str, Any] = {"topics": narrowed, "flow": concern.flow, "rule": concern.rule}
    return Span(change.at - WEEKS, change.at, **of), Span(change.at, over, **of)


def _count(spans: Sequence[Span]) -> list[Share]:
    """All in one statement, by the condition that the lists behind them have."""
    if not spans:
        return []
    given: dict[str, Any] = {f"detail{at}": str(span) for at, span in enumerate(spans)}
    parts = [_counted(at, span) for at, span in enumerate(spans)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1", given)
        return [Share(well, number) for _at, number, well in cursor.fetchall()]


def _counted(at: int, span: Span) -> str:
    which, well = CONDITIONS[span.key]
    # All of it is written here and in spans.py; what users gave goes in as parameters.
    counted = f"SELECT {at}, count(*), count(*) FILTER (WHERE {well}) FROM insights_tally t WHERE {which}"  # noqa: S608
    return counted.replace("%(detail)s", f"%(detail{at})s")
