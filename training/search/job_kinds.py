"""Trainings of search, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from llm.errors import REASONS
from training.models import OPEN, State
from training.search import register
from training.search.rows import SearchTraining

ENDED = [State.CANDIDATE, State.IN_USE, State.RETIRED, State.REFUSED]


def _rows() -> QuerySet[Any]:
    is_open = Q(state__in=OPEN)
    return SearchTraining.objects.light().annotate(
        phase=Case(
            When(is_open & ~Q(error=""), then=Value("stopped")),
            When(state__in=ENDED, then=Value("learned")),
            default="state",
        ),
        what=Concat(Value("#"), Cast("pk", CharField())),
    )


def _trouble(error: str) -> Trouble:
    if not error:
        return Trouble(gettext("Something went wrong within it; the log of the worker says what."))
    code, _colon, detail = error.partition(": ")
    reason = REASONS.get(code)
    why = capfirst(f"{reason} ({detail})" if detail else str(reason)) if reason else error
    cure = gettext(
        "It is gone on with by itself three times a minute. Until then, search goes on as it was. Look at "
        "the embedding model in the settings."
    )
    return Trouble(why, cure)


def _again(key: str) -> bool:
    """Another training takes its place."""
    _training, new = register.ask()
    return new


KIND = Kind(
    key="search",
    title=_("Learning from saved questions how to search"),
    icon="graduation-cap",
    permission="training.change_searchtraining",
    rows=_rows,
    state="phase",
    states={
        "queued": jobs.QUEUED,
        "running": jobs.RUNNING,
        "stopped": jobs.FAILED,
        "failed": jobs.FAILED,
        "cancelled": jobs.CANCELLED,
        "learned": jobs.DONE,
    },
    columns={
        "what": "what",
        "at": "asked_at",
        "ended": "ended_at",
        "error": "error",
        "done": Case(When(phase__in=["running", "stopped"], then=F("done"))),
        "total": Case(When(phase__in=["running", "stopped"], then=F("total"))),
    },
    trouble=_trouble,
    revived=_("Whether one is to be gone on with is looked at three times a minute."),
    page=lambda key: reverse("training:search-training", args=[key]),
    retry=_again,
    cancel=lambda key: register.cancel(int(key)),
    cancelled=frozenset({jobs.QUEUED, jobs.RUNNING, jobs.FAILED}),
)
