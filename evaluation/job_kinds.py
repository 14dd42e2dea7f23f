"""Checks of gaps, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind
from chatbot.mail_jobs import mails
from evaluation.corrections.mails import queue
from evaluation.models import Gap


def _rows() -> QuerySet[Any]:
    """Whoever checks one has put its time off."""
    checked = Gap.objects.exclude(check_due_at=None, checked_at=None)
    return checked.annotate(
        phase=Case(
            When(Q(check_due_at__gt=Now()), then=Value("checking")),
            When(Q(check_due_at__isnull=False), then=Value("due")),
            default=Value("checked"),
        )
    )


def _stop(gap_id: str) -> bool:
    return bool(Gap.objects.filter(pk=gap_id, check_due_at__isnull=False).update(check_due_at=None))


KINDS = [
    mails(
        queue,
        key="correction-mail",
        title=_("Mail to a customer about a corrected answer"),
        permission="evaluation.change_gap",
        what="correction__question",
        forgets=True,
    ),
    Kind(
        key="gap-check",
        title=_("Check of a gap"),
        icon="circle-help",
        permission="evaluation.change_gap",
        rows=_rows,
        state="phase",
        states={"due": jobs.QUEUED, "checking": jobs.RUNNING, "checked": jobs.DONE},
        columns={
            "what": F("title"),
            "at": Coalesce("check_due_at", "checked_at"),
            "ended": Case(When(check_due_at=None, then="checked_at")),
            "due": Case(When(check_due_at__gt=Now(), then="check_due_at")),
        },
        revived=_(
            "Gaps that are due are looked for every five seconds, and wait until their article is in the "
            "index. One whose check was interrupted is due again five minutes later."
        ),
        page=lambda gap_id: reverse("admin:evaluation_gap_change", args=[gap_id]),
        cancel=_stop,
        cancelled=frozenset({jobs.QUEUED, jobs.RUNNING}),
    ),
]
