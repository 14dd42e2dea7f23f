"""Fine-tunings, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from training.fine_tuning import words, writing
from training.fine_tuning.rows import FineTuning

State = FineTuning.State


def _rows() -> QuerySet[Any]:
    """One that cannot be followed has stopped, whatever it does at the provider."""
    is_open = Q(state__in=FineTuning.OPEN)
    return FineTuning.objects.annotate(
        phase=Case(When(is_open & ~Q(error=""), then=Value("stopped")), default="state"),
        what=Concat(Value("#"), Cast("pk", CharField()), Value(" "), "base_model"),
    )


def _trouble(error: str) -> Trouble:
    why = words.REASONS.get(error)
    return Trouble(capfirst(str(why)) if why else error, str(words.CURES.get(error, "")))


def _cancel(key: str) -> bool:
    return writing.cancel(int(key))


def _look(key: str) -> bool:
    return writing.look_now(int(key))


KINDS = [
    Kind(
        key="fine-tuning",
        title=_("Fine-tuning by a provider"),
        icon="graduation-cap",
        permission="accounts.change_user",  # the administrators': it costs money
        rows=_rows,
        state="phase",
        states={
            State.PREPARING: jobs.QUEUED,
            State.UPLOADING: jobs.RUNNING,
            State.WAITING: jobs.RUNNING,
            State.RUNNING: jobs.RUNNING,
            State.CANCELLING: jobs.RUNNING,
            "stopped": jobs.FAILED,
            State.SUCCEEDED: jobs.DONE,
            State.REFUSED: jobs.DONE,
            State.FAILED: jobs.DONE,
            State.VANISHED: jobs.DONE,
            State.CANCELLED: jobs.CANCELLED,
        },
        columns={
            "what": "what",
            "at": "begun_at",
            "ended": "ended_at",
            "error": "error",
            "due": "next_poll_at",
            "tries": Case(When(phase="stopped", then=F("failures"))),
            "alive": "polled_at",
        },
        trouble=_trouble,
        revived=_("What waits at the provider is looked at by itself, at longer and longer intervals."),
        page=lambda key: reverse("training:fine-tuning", args=[key]),
        retry=_look,
        cancel=_cancel,
        cancelled=frozenset({jobs.QUEUED, jobs.RUNNING, jobs.FAILED}),
    )
]
