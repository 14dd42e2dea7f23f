"""Trainings of the router and datasets, as the page of jobs lists them (chatbot/jobs.py)."""

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
from training import register
from training.examples import making
from training.examples.rows import Dataset
from training.models import OPEN, State, Training
from training.search.job_kinds import KIND as SEARCH

ENDED = [State.CANDIDATE, State.IN_USE, State.RETIRED, State.REFUSED]


def _rows() -> QuerySet[Any]:
    is_open = Q(state__in=OPEN)
    return Training.objects.light().annotate(
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
        "It is tried again by itself every ten seconds. Until then, customers’ words begin flows as before. "
        "Look at the embedding model in the settings."
    )
    return Trouble(why, cure)


def _cancel(key: str) -> bool:
    return register.cancel(int(key))


def _again(key: str) -> bool:
    """Another training takes its place."""
    _training, new = register.ask()
    return new


def _stopped(error: str) -> Trouble:
    return Trouble(
        gettext("Something went wrong within it; the log of the worker says what."),
        gettext("Try it again: it begins with what is there now."),
    )


def _cancel_dataset(key: str) -> bool:
    return making.cancel(int(key))


def _make_again(key: str) -> bool:
    return making.again(int(key))


Made = Dataset.State
DATASETS = Kind(
    key="dataset",
    title=_("Making a dataset"),
    icon="library",
    permission="training.change_dataset",
    rows=Dataset.objects.defer("card", "figures").all,
    states={
        Made.QUEUED: jobs.QUEUED,
        Made.MAKING: jobs.RUNNING,
        Made.FAILED: jobs.FAILED,
        Made.CANCELLED: jobs.CANCELLED,
        Made.READY: jobs.DONE,
        Made.REFUSED: jobs.DONE,
    },
    columns={
        "what": "name",
        "at": "created_at",
        "ended": "ended_at",
        "error": "error",
        "done": Case(When(state=Made.MAKING, then=F("done"))),
        "total": Case(When(state=Made.MAKING, then=F("total"))),
    },
    trouble=_stopped,
    revived=_("What waits, or was left half done, is looked for every ten seconds."),
    page=lambda key: reverse("training:dataset", args=[key]),
    retry=_make_again,
    cancel=_cancel_dataset,
    cancelled=frozenset({jobs.QUEUED, jobs.RUNNING}),
)
KINDS = [
    DATASETS,
    Kind(
        key="router",
        title=_("Learning which words begin which flow"),
        icon="graduation-cap",
        permission="training.change_training",
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
        revived=_(
            "Whether there is something new to learn, or to go on with, is looked at every ten seconds."
        ),
        page=lambda key: reverse("training:training", args=[key]),
        retry=_again,
        cancel=_cancel,
        cancelled=frozenset({jobs.QUEUED, jobs.RUNNING, jobs.FAILED}),
    ),
    SEARCH,
]
