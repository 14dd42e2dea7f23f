"""Trainings of one kind as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from llm.errors import REASONS
from training.trainings.register import Register
from training.trainings.rows import OPEN, State

ENDED = [State.CANDIDATE, State.IN_USE, State.RETIRED, State.REFUSED]
STATES = {
    "queued": jobs.QUEUED,
    "running": jobs.RUNNING,
    "stopped": jobs.FAILED,
    "failed": jobs.FAILED,
    "cancelled": jobs.CANCELLED,
    "learned": jobs.DONE,
}


def kind_of(
    register: Register[Any, Any], *, key: str, title: Promise, revived: Promise, cure: Promise
) -> Kind:
    """`cure` is what to do while the model does not answer."""
    trainings = register.trainings

    def rows() -> QuerySet[Any]:
        is_open = Q(state__in=OPEN)
        return register.rows.light().annotate(
            phase=Case(
                When(is_open & ~Q(error=""), then=Value("stopped")),
                When(state__in=ENDED, then=Value("learned")),
                default="state",
            ),
            what=trainings.called_in_sql(),
        )

    def again(key: str) -> bool:
        """Another training takes its place."""
        _training, new = register.ask()
        return new

    return Kind(
        key=key, title=title, icon="graduation-cap",
        permission=f"training.change_{trainings._meta.model_name}",
        rows=rows, state="phase", states=STATES,
        columns={
            "what": "what", "at": "asked_at", "ended": "ended_at", "error": "error",
            "done": _while_open("done"), "total": _while_open("total"),
        },
        trouble=_trouble(cure), revived=revived,
        page=lambda key: str(trainings(pk=key).get_absolute_url()),
        retry=again,
        cancel=lambda key: register.cancel(int(key)),
        cancelled=frozenset({jobs.QUEUED, jobs.RUNNING, jobs.FAILED}),
    )  # fmt: skip


def _while_open(name: str) -> Case:
    return Case(When(phase__in=["running", "stopped"], then=F(name)))


def _trouble(cure: Promise) -> Callable[[str], Trouble]:
    def trouble(error: str) -> Trouble:
        if not error:
            return Trouble(_("Something went wrong within it; the log of the worker says what."))
        code, _colon, detail = error.partition(": ")
        reason = REASONS.get(code)
        why = capfirst(f"{reason} ({detail})" if detail else str(reason)) if reason else error
        return Trouble(why, str(cure))

    return trouble
