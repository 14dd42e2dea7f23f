"""The newest jobs of all kinds in one statement, and how many there are in each state in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.fields import TextField

from background.filters import Filters, Place
from chatbot import jobs
from chatbot.jobs import Kind

PAGE = 50
ORDER = ("-job_at", "job_kind", "job_key")


@dataclass(frozen=True, slots=True)
class Job:
    """As the statement brings it (chatbot.jobs.COLUMNS)."""

    of: Kind
    key: str
    state: str
    sort: str
    target: str
    what: str
    at: datetime
    ended: datetime | None
    due: datetime | None
    alive: datetime | None
    error: str
    tries: int | None
    done: int | None
    total: int | None


def newest(filters: Filters) -> tuple[list[Job], Place | None]:
    """One page, and where the next one begins; None when there is none."""
    parts = [_branch(kind, filters) for kind in _chosen(filters)]
    # Each kind gives no more than a page, so that none is sorted as a whole.
    parts = [part.order_by(*ORDER)[: PAGE + 1] for part in parts]
    rows = list(parts[0] if len(parts) == 1 else _together(parts).order_by(*ORDER)[: PAGE + 1])
    shown = [_job(row) for row in rows[:PAGE]]
    last = shown[-1] if len(rows) > PAGE else None
    return shown, Place(last.at, last.of.key, last.key) if last else None


def one(kind: Kind, key: str) -> Job | None:
    """One row, as it stands now."""
    found = kind.find(key)
    if found is None:
        return None
    row = kind.among(jobs.STATES).filter(pk=found.pk).values_list(*_names()).first()
    return _job(row) if row else None


def counted(filters: Filters) -> dict[str, int]:
    """By state, of what is still to be done and of what failed."""
    totals: dict[str, int] = {}
    branches = [_count(kind, state) for kind in _chosen(filters) for state in _counted_states(kind)]
    for state, number in _together(branches):
        totals[state] = totals.get(state, 0) + number
    return totals


def _counted_states(kind: Kind) -> Sequence[str]:
    return [state for state in (jobs.QUEUED, jobs.RUNNING, jobs.FAILED) if state in kind.states.values()]


def _count(kind: Kind, state: str) -> QuerySet[Any, Any]:
    rows = kind.among([state]).annotate(job_is=Value(state, output_field=TextField()))
    return rows.values("job_is").annotate(n=Count("pk")).values_list("job_is", "n")


def _chosen(filters: Filters) -> list[Kind]:
    return [kind for kind in jobs.known() if filters.kind in ("", kind.key)]


def _branch(kind: Kind, filters: Filters) -> QuerySet[Any, Any]:
    rows = kind.among(filters.states)
    if (after := filters.after) is not None:
        rows = rows.filter(_behind(kind, after))
    return rows.values_list(*_names())


def _behind(kind: Kind, after: Place) -> Q:
    earlier = Q(job_at__lt=after.at)
    if kind.key > after.kind:
        return earlier | Q(job_at=after.at)
    return earlier | Q(job_at=after.at, job_key__gt=after.key) if kind.key == after.kind else earlier


def _names() -> list[str]:
    return [f"job_{name}" for name in jobs.NAMES]


def _together(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = parts
    return first.union(*others, all=True)


def _job(row: Sequence[Any]) -> Job:
    kind, *rest = row
    of = jobs.find(kind)
    assert of is not None
    return Job(of, *rest)
