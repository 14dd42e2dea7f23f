"""The figures as files, and the conversations behind them row by row, written as they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from chatbot import row_files
from chatbot.row_files import AT_ONCE
from insights import tables
from insights.behind import Behind
from insights.definitions import MEASURES, SUMS
from insights.models import Spent, Tally
from insights.period import Period
from insights.reading import Counts, Figures, figures
from insights.worst import score

Row = dict[str, Any]
Names = Mapping[int, str]
CONVERSATION = (
    "conversation_id", "began_at", "assistant_id", "language", "topic_id", "asked", "answered", "declined",
    "asked_back", "failed", "handoffs", "replies", "resolution", "resolved_at", "reopened_at", "up", "down",
    "score",
)  # fmt: skip


def _days(period: Period, topics: Names) -> Iterator[Row]:
    found = figures(period)
    for on in found.all_days():
        yield (
            {"day": on.isoformat()}
            | _counts(found.days.get(on, found.before.fromkeys(found.before, 0)))
            | _speed(found, on)
        )


def _counts(counts: Counts) -> Row:
    return {key: counts[key] for key in MEASURES} | {f"{key}_sum": counts[f"sum_{key}"] for key in SUMS}


def _speed(found: Figures, on: Any) -> Row:
    speed = found.speeds[on]
    wanted = {"first_word": "first", "full_answer": "full"}
    return {
        f"{name}_p{round(100 * share)}": _rounded(speed.of(what, share))
        for name, what in wanted.items()
        for share in (0.5, 0.95)
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _topics(period: Period, topics: Names) -> Iterator[Row]:
    found = figures(period)
    rows = [(score(counts, found.now), key, counts) for key, counts in found.topics.items() if key in topics]
    for badly, key, counts in sorted(rows, key=lambda row: (-row[0], row[1])):
        before = found.topics_before.get(key, {}).get("all", 0)
        yield {"topic": topics[key], "score": round(badly, 2), "before": before} | _counts(counts)


def _handoffs(period: Period, topics: Names) -> Iterator[Row]:
    now = figures(period).now
    for key in (key for key in now if key.startswith("handoff_")):
        yield {"reason": key.removeprefix("handoff_"), "conversations": now[key], "of": now["all"]}


def _hours(period: Period, topics: Names) -> Iterator[Row]:
    found = figures(period)
    for weekday in range(1, 8):
        for hour in range(24):
            yield {"weekday": weekday, "hour": hour, "conversations": found.hours[100 * weekday + hour]}


def _gaps(period: Period, topics: Names) -> Iterator[Row]:
    for key, title, conversations, questions in tables.gap_rows(period):
        yield {"gap": key, "title": title, "conversations": conversations, "questions": questions}


def _models(period: Period, topics: Names) -> Iterator[Row]:
    for name, used in figures(period).models.items():
        yield {
            "model": name,
            "conversations": used.conversations,
            "answers": used.answers,
            "prompt_tokens": used.prompt_tokens,
            "completion_tokens": used.completion_tokens,
            "cost": str(used.cost),
            "answers_without_price": used.unpriced,
        }


def _spent(period: Period, topics: Names) -> Iterator[Row]:
    for on, used in sorted(figures(period).used.items()):
        yield {"day": on.isoformat(), "tokens": used.tokens, "cost": str(used.cost)}


TABLES: dict[str, Callable[[Period, Names], Iterator[Row]]] = {
    "days": _days, "topics": _topics, "handoffs": _handoffs, "hours": _hours, "gaps": _gaps,
    "models": _models, "spent": _spent,
}  # fmt: skip
CONVERSATIONS = "conversations"
NAMES = [*TABLES, CONVERSATIONS]


def written(name: str, period: Period, topics: Names, form: str) -> AsyncIterator[str]:
    """A table in one piece; the conversations page by page, however many there are."""
    page = _page if name == CONVERSATIONS else partial(_table, name)
    return row_files.written(partial(page, period, topics), form)


def _table(name: str, period: Period, topics: Names, last: None) -> tuple[list[row_files.Row], None]:
    return list(TABLES[name](period, topics)), None


def _page(period: Period, topics: Names, last: Any) -> tuple[list[row_files.Row], Any]:
    """After `last`, the earliest first: by their moment and key, so that nothing is read twice."""
    where, given = Behind("all", period).where()
    after = "" if last is None else " AND (t.began_at, t.conversation_id) > (%(at)s, %(key)s)"
    given |= {"at": last[0], "key": last[1]} if last else {}
    found = Tally.objects.raw(
        f"SELECT * FROM insights_tally t WHERE {where}{after} "  # noqa: S608  (behind.py writes it)
        f"ORDER BY t.began_at, t.conversation_id LIMIT {AT_ONCE}",
        given,
    )
    tallies = list(found)
    spent = _spent_by([tally.pk for tally in tallies])
    rows: list[row_files.Row] = [_row(tally, topics, spent.get(tally.pk, {})) for tally in tallies]
    return rows, (tallies[-1].began_at, tallies[-1].pk) if tallies else None


def _spent_by(keys: list[UUID]) -> dict[UUID, Row]:
    found: dict[UUID, Row] = {}
    for key, read, written_, cost in Spent.objects.filter(tally__in=keys).values_list(
        "tally", "prompt_tokens", "completion_tokens", "cost"
    ):
        sums = found.setdefault(key, {"prompt_tokens": 0, "completion_tokens": 0, "cost": 0})
        sums["prompt_tokens"] += read
        sums["completion_tokens"] += written_
        sums["cost"] += cost
    return found


def _row(tally: Tally, topics: Names, spent: Row) -> Row:
    row = {name: getattr(tally, name) for name in CONVERSATION}
    row |= {
        "prompt_tokens": spent.get("prompt_tokens", 0),
        "completion_tokens": spent.get("completion_tokens", 0),
    }
    row |= {"cost": str(spent.get("cost", 0)), "topic": topics.get(tally.topic_id or 0, "")}
    row["handoffs"] = " ".join(tally.handoffs)
    return row
