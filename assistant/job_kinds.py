"""The training of the router, as the page of jobs lists it (chatbot/jobs.py): one row."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistant.models import Router
from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from llm.errors import REASONS


def _rows() -> QuerySet[Any]:
    waits = Q(wanted_at__isnull=False)
    return Router.objects.defer("numbers").annotate(
        phase=Case(
            When(waits & ~Q(error=""), then=Value("stopped")),
            When(waits, then=Value("learning")),
            default=Value("learned"),
        )
    )


def _trouble(error: str) -> Trouble:
    code, _colon, detail = error.partition(": ")
    reason = REASONS.get(code)
    why = capfirst(f"{reason} ({detail})" if detail else str(reason)) if reason else error
    cure = gettext(
        "It is tried again by itself every ten seconds. Until then, customers’ words begin flows as before. "
        "Look at the embedding model in the settings."
    )
    return Trouble(why, cure)


KINDS = [
    Kind(
        key="router",
        title=_("Learning which words begin which flow"),
        icon="workflow",
        permission="assistant.change_assistant",
        rows=_rows,
        state="phase",
        states={"learning": jobs.RUNNING, "stopped": jobs.FAILED, "learned": jobs.DONE},
        columns={
            "at": Coalesce("wanted_at", "trained_at"),
            "ended": Case(When(wanted_at=None, then="trained_at")),
            "error": "error",
            "done": Case(When(wanted_at__isnull=False, then="samples_done")),
            "total": Case(When(wanted_at__isnull=False, then="samples")),
        },
        trouble=_trouble,
        revived=_("Whether there is something new to learn is looked at every ten seconds."),
        page=lambda _key: reverse("flows:list"),
    )
]
