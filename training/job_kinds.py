"""Trainings of the router and datasets, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from django.db.models import Case, F, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from training.examples import making
from training.examples.rows import Dataset
from training.register import REGISTER
from training.search.job_kinds import KIND as SEARCH
from training.trainings.jobs import kind_of


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
ROUTER = kind_of(
    REGISTER,
    key="router",
    title=_("Learning which words begin which flow"),
    revived=_("Whether there is something new to learn, or to go on with, is looked at every ten seconds."),
    cure=_(
        "It is tried again by itself every ten seconds. Until then, customers’ words begin flows as before. "
        "Look at the embedding model in the settings."
    ),
)
KINDS = [DATASETS, ROUTER, SEARCH]
