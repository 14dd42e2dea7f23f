"""The tables of the page: handoffs by reason, models, the busiest hours, gaps; each number with its link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conversations.event_lines import REASONS
from insights import words
from insights.behind import Behind, parameters
from insights.cards import Part, address, conversations
from insights.period import Period, midnight
from insights.reading import WHICH, Figures

MOST_GAPS = 8
DEEPEST = 4  # shades of the busiest hours
GAPS = f"""
SELECT gap.id, gap.title, count(DISTINCT t.conversation_id), count(*)
FROM insights_tally t
JOIN conversations_message message ON message.conversation_id = t.conversation_id
JOIN evaluation_gapquestion question ON question.message_id = message.id
JOIN evaluation_gap gap ON gap.id = question.gap_id AND gap.state IN ('open', 'assigned')
{WHICH}
GROUP BY gap.id, gap.title ORDER BY 3 DESC, 4 DESC, 1 LIMIT %(most)s
"""  # noqa: S608  (all of it is written here and in reading.py)


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    share: str
    behind: Part


def handoffs(found: Figures) -> list[Reason]:
    """The most common first; only those there were."""
    now, period = found.now, found.period
    counted = [(now[f"handoff_{code}"], code, words_) for code, words_ in REASONS.items()]
    return [
        Reason(
            str(said),
            words.percent(words.share(number, now["all"])),
            conversations(number, "handoff", period, detail=str(code)),
        )
        for number, code, said in sorted(counted, key=lambda one: -one[0])
        if number
    ]


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    answers: str
    read: str
    written: str
    cost: str
    each: str
    behind: Part


def models(found: Figures) -> list[Model]:
    """The dearest first."""
    rows = sorted(found.models.items(), key=lambda one: (-one[1].cost, -one[1].tokens))
    return [
        Model(
            name,
            words.count(used.answers),
            words.count(used.prompt_tokens),
            words.count(used.completion_tokens),
            words.money(used.cost) if used.unpriced < used.answers else words.NOTHING,
            words.money(used.cost / used.conversations) if used.cost else words.NOTHING,
            conversations(used.conversations, "model", found.period, detail=name),
        )
        for name, used in rows
    ]


@dataclass(frozen=True, slots=True)
class Hour:
    count: int
    depth: int  # from 0, nobody, to DEEPEST
    link: str


@dataclass(frozen=True, slots=True)
class Weekday:
    name: str
    hours: list[Hour]


def hours(found: Figures) -> list[Weekday]:
    """Monday to Sunday, hour by hour."""
    most = max(found.hours.values(), default=0)
    return [Weekday(_weekday(found, on), list(_hours(found, on, most))) for on in range(1, 8)]


def _weekday(found: Figures, on: int) -> str:
    some = found.period.first.fromordinal(on)  # the first of January of the year 1 was a Monday
    return date_format(some, "l")


def _hours(found: Figures, on: int, most: int) -> Iterator[Hour]:
    for hour in range(24):
        key = 100 * on + hour
        count = found.hours[key]
        depth = 1 + (DEEPEST - 1) * (count - 1) // max(most - 1, 1) if count else 0
        yield Hour(count, depth, address(Behind("hour", found.period, detail=str(key))) if count else "")


def busiest(found: Figures) -> str:
    """In words: “Monday, 10:00”."""
    if not found.hours:
        return ""
    key = max(found.hours, key=lambda one: (found.hours[one], -one))
    return _("%(weekday)s, %(hour)s:00 to %(next)s:00") % {
        "weekday": _weekday(found, key // 100), "hour": key % 100, "next": (key % 100 + 1) % 24,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class GapRow:
    title: str
    link: str  # for editors
    questions: int
    behind: Part


def gaps(period: Period) -> list[GapRow]:
    """What was asked in vain, and nothing answers it yet; the most asked first."""
    return [
        GapRow(
            title,
            reverse("admin:evaluation_gap_change", args=[key]),
            questions,
            conversations(number, "gap", period, detail=str(key)),
        )
        for key, title, number, questions in gap_rows(period, MOST_GAPS)
    ]


def gap_rows(period: Period, most: int | None = None) -> list[tuple[int, str, int, int]]:
    """Key, title, conversations, questions."""
    given = parameters(period) | {"before": midnight(period.first, period.zone), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(GAPS, given)
        return cursor.fetchall()
