"""Checks of gaps and of corrections, and mails, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from chatbot.mail_jobs import mails
from evaluation.corrections.mails import queue
from evaluation.judging.job_kinds import KINDS as OF_JUDGES
from evaluation.models import Case as PlayedCase
from evaluation.models import Correction, Gap, Run
from evaluation.runs import asking


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


def _runs() -> QuerySet[Any]:
    over = PlayedCase.objects.over().filter(run=OuterRef("pk")).order_by().values("run")
    counted = over.annotate(n=Count("pk")).values("n")
    return Run.objects.annotate(over=Coalesce(Subquery(counted), 0), called_then=Run.called_in_sql())


def _corrections() -> QuerySet[Any]:
    """Those that were asked again, or are to be."""
    rows = Correction.objects.exclude(state=Correction.State.WITHDRAWN).filter(scenario__isnull=False)
    return rows.exclude(check_due_at=None, checked_at=None).annotate(
        phase=Case(
            When(Q(check_due_at__gt=Now()), then=Value("checking")),
            When(Q(check_due_at__isnull=False), then=Value("due")),
            When(~Q(check_error=""), then=Value("failed")),
            default=Value("checked"),
        )
    )


def _ask_again(correction_id: str) -> bool:
    failed = Correction.objects.filter(pk=correction_id, check_due_at=None).exclude(check_error="")
    return bool(failed.update(check_due_at=timezone.now()))


def _trouble(error: str) -> Trouble:
    return Trouble(error, gettext("Look at its scenario, put right what cannot be run, and try it again."))


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
        key="correction-check",
        title=_("Check of a correction"),
        icon="square-pen",
        permission="evaluation.change_gap",
        rows=_corrections,
        state="phase",
        states={"due": jobs.QUEUED, "checking": jobs.RUNNING, "checked": jobs.DONE, "failed": jobs.FAILED},
        columns={
            "what": F("question"),
            "at": Coalesce("check_due_at", "checked_at"),
            "ended": Case(When(check_due_at=None, then="checked_at")),
            "due": Case(When(check_due_at__gt=Now(), then="check_due_at")),
            "error": "check_error",
        },
        revived=_(
            "Corrections that are due are looked for every three seconds, and wait until their article is in "
            "the index. One whose check was interrupted is due again five minutes later."
        ),
        trouble=_trouble,
        page=lambda correction_id: reverse("evaluation:correction", args=[correction_id]),
        retry=_ask_again,
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
    Kind(
        key="evaluation-run",
        title=_("Run of scenarios"),
        icon="list-checks",
        permission="evaluation.change_gap",
        rows=_runs,
        states={
            "queued": jobs.QUEUED,
            "running": jobs.RUNNING,
            "reading": jobs.DONE,  # of what judges read see judging/job_kinds.py
            "done": jobs.DONE,
            "cancelled": jobs.CANCELLED,
        },
        columns={
            "what": F("called_then"),
            "at": F("created_at"),
            "ended": F("ended_at"),
            "done": F("over"),
            "total": F("total"),
        },
        revived=_(
            "Every twenty seconds it is looked whether somebody works on it. A conversation whose worker has "
            "died is begun anew two minutes later; after three attempts it counts as one that cannot be run."
        ),
        page=lambda run_id: reverse("runs:run", args=[run_id]),
        cancel=lambda run_id: asking.stop(int(run_id)),
        cancelled=frozenset({jobs.QUEUED, jobs.RUNNING}),
        retry=lambda run_id: asking.reopen(int(run_id)) is not None,
        retried=frozenset({jobs.CANCELLED}),
    ),
    *OF_JUDGES,
]
