"""The figures of a period and of the one before it, read from the tally in three statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from assistant.events import HandoffReason
from insights.behind import parameters
from insights.definitions import MEASURES, SUMS
from insights.period import Period
from insights.steps import percentile

# What counts, by name: each measure, each sum, each reason of a handoff.
COLUMNS: dict[str, str] = {
    **{key: f"count(*) FILTER (WHERE {measure.where})" for key, measure in MEASURES.items()},
    **{f"sum_{key}": f"coalesce(sum(t.{key}), 0)" for key in SUMS},
    **{f"handoff_{one}": f"count(*) FILTER (WHERE '{one}' = ANY(t.handoffs))" for one in HandoffReason},
    "sum_score": "coalesce(sum(t.score), 0)",
}
WHICH = """
    WHERE t.began_at >= %(before)s AND t.began_at < %(end)s
      AND (%(assistant)s = 0 OR t.assistant_id = %(assistant)s)
      AND (%(language)s = '' OR t.language = %(language)s)
"""
UNIT = "date_trunc(%(unit)s, t.began_at AT TIME ZONE %(zone)s)::date"
FIGURES = f"""
SELECT t.began_at >= %(begin)s AS now, {UNIT} AS day,
    t.topic_id AS topic, grouping({UNIT}) AS no_day, grouping(t.topic_id) AS no_topic,
    {", ".join(COLUMNS.values())}
FROM insights_tally t {WHICH}
GROUP BY GROUPING SETS ((1), (1, 2), (1, 3))
"""  # noqa: S608  (all of it is written here and in definitions.py)
# Each conversation's day is worked out once, before its times are taken apart: that takes half the time. Of
# the period before, only the whole is shown.
TIMES = f"""
WITH told AS MATERIALIZED (
    SELECT t.first_words, t.full_answers, t.began_at >= %(begin)s AS now,
        CASE WHEN t.began_at >= %(begin)s THEN {UNIT} END AS day,
        extract(isodow FROM t.began_at AT TIME ZONE %(zone)s)::int * 100
            + extract(hour FROM t.began_at AT TIME ZONE %(zone)s)::int AS hour
    FROM insights_tally t {WHICH}
)
SELECT now, day, 'first', unnest(first_words), count(*) FROM told GROUP BY 1, 2, 4
UNION ALL
SELECT now, day, 'full', unnest(full_answers), count(*) FROM told GROUP BY 1, 2, 4
UNION ALL
SELECT true, NULL, 'hour', hour, count(*) FROM told WHERE now GROUP BY hour
"""  # noqa: S608
SPENT = f"""
SELECT t.began_at >= %(begin)s, CASE WHEN t.began_at >= %(begin)s THEN {UNIT} END, t.model, count(*),
    sum(t.answers), sum(t.prompt_tokens), sum(t.completion_tokens), sum(t.cost), sum(t.unpriced)
FROM insights_spent t {WHICH}
GROUP BY 1, 2, 3 ORDER BY 3
"""  # noqa: S608

Counts = dict[str, int]


@dataclass
class Speed:
    """How many answers took how long, by step."""

    first: Counter[int] = field(default_factory=Counter)
    full: Counter[int] = field(default_factory=Counter)

    def of(self, what: str, share: float) -> float | None:
        return percentile(getattr(self, what), share)

    def __add__(self, other: Speed) -> Speed:
        return Speed(self.first + other.first, self.full + other.full)


@dataclass
class Used:
    """By models: tokens, and their price."""

    conversations: int = 0
    answers: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: Decimal = Decimal(0)
    unpriced: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Used) -> Used:
        return Used(
            self.conversations + other.conversations,
            self.answers + other.answers,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cost + other.cost,
            self.unpriced + other.unpriced,
        )


@dataclass
class Figures:
    """`now` and `before` are the two periods; the rest is of the period now."""

    period: Period
    now: Counts = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    before: Counts = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    days: dict[date, Counts] = field(default_factory=dict)
    topics: dict[int, Counts] = field(default_factory=dict)  # 0: of no topic
    topics_before: dict[int, Counts] = field(default_factory=dict)
    hours: Counter[int] = field(default_factory=Counter)  # 100 · day of the week, Monday 1, + hour
    speed: Speed = field(default_factory=Speed)
    speed_before: Speed = field(default_factory=Speed)
    speeds: dict[date, Speed] = field(default_factory=lambda: defaultdict(Speed))
    models: dict[str, Used] = field(default_factory=lambda: defaultdict(Used))
    used: dict[date, Used] = field(default_factory=lambda: defaultdict(Used))
    used_before: Used = field(default_factory=Used)

    def all_days(self) -> list[date]:
        """Each day, or the Monday of each week, also those on which nothing was said."""
        step, first = (7, monday(self.period.first)) if self.period.weekly else (1, self.period.first)
        count = (self.period.last - first).days // step + 1
        return [first + timedelta(days=step * at) for at in range(count)]


def figures(period: Period) -> Figures:
    found, given = Figures(period), _given(period)
    for row in _rows(FIGURES, given):
        _note(found, row, dict(zip(COLUMNS, row[5:], strict=True)))
    for now, on, what, key, count in _rows(TIMES, given):
        if what == "hour":
            found.hours[key] = count
            continue
        getattr(found.speed if now else found.speed_before, what)[key] += count
        if now:
            getattr(found.speeds[on], what)[key] += count
    for now, on, model, *numbers in _rows(SPENT, given):
        used = Used(*numbers)
        if now:
            found.models[model] += used
            found.used[on] += used
        else:
            found.used_before += used
    return found


def _note(found: Figures, row: Any, counts: Counts) -> None:
    now, on, topic, no_day, no_topic = row[:5]
    if no_day and no_topic:
        (found.now if now else found.before).update(counts)
    elif no_topic:
        if now:
            found.days[on] = counts
    else:
        (found.topics if now else found.topics_before)[topic or 0] = counts


def _given(period: Period) -> dict[str, Any]:
    unit = "week" if period.weekly else "day"
    return parameters(period) | {"before": period.before.begin, "unit": unit}


def _rows(statement: str, given: dict[str, Any]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        yield from cursor.fetchall()


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
