"""What judges read in the background, as the page of jobs lists it (chatbot/jobs.py): the conversations of a
run, and answers that people have reviewed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind
from evaluation.judging import reviewed
from evaluation.judging.judges import judges_here
from evaluation.judging.rows import JudgedAnswer
from evaluation.reviews.rows import Review, ReviewItem
from evaluation.runs import asking
from evaluation.runs.rows import Case as Played
from evaluation.runs.rows import Run


def _runs() -> QuerySet[Any]:
    """Those that a judge reads, or is to: when all of it has been played."""
    played = Played.objects.filter(run=OuterRef("pk")).order_by()
    return Run.objects.exclude(judge="").annotate(
        called_then=Run.called_in_sql(),
        read=_counted(played.filter(judged__isnull=False)),
        to_read=_counted(played.filter(state=Played.State.DONE)),
    )


def _counted(cases: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(cases.values("run").annotate(n=Count("pk")).values("n")), 0)


def _reviewed() -> QuerySet[Any]:
    """Of the newest, which alone judges look at, those that wait: what was read the page of agreement has."""
    judges = judges_here()
    told = JudgedAnswer.objects.filter(message=OuterRef("pk"), judge__in=judges).order_by()
    newest = Review.objects.filter(item=OuterRef("pk")).order_by("-updated_at").values("updated_at")[:1]
    rows = ReviewItem.objects.filter(pk__in=reviewed.newest()).annotate(
        read=Coalesce(Subquery(told.values("message").annotate(n=Count("pk")).values("n")), 0),
        judges=Value(len(judges)),
        phase=Value("waiting"),
        reviewed_at=Subquery(newest),
    )
    return rows.filter(read__lt=len(judges))


def _stop_reviewed(key: str) -> bool:
    return reviewed.leave(int(key))


KINDS = [
    Kind(
        key="run-judging",
        title=_("A judge reads a run"),
        icon="clipboard-list",
        permission="evaluation.change_gap",
        rows=_runs,
        states={
            "queued": jobs.QUEUED,
            "running": jobs.QUEUED,
            "reading": jobs.RUNNING,
            "done": jobs.DONE,
            "cancelled": jobs.CANCELLED,
        },
        columns={
            "what": F("called_then"),
            "at": F("created_at"),
            "ended": F("ended_at"),
            "done": F("read"),
            "total": F("to_read"),
        },
        revived=_(
            "It begins when all conversations of the run have been played. One whose worker has died is read "
            "anew two minutes later; after six attempts it is left unread."
        ),
        page=lambda run_id: reverse("runs:run", args=[run_id]),
        cancel=lambda run_id: asking.stop(int(run_id), states=[Run.State.READING]),
        cancelled=frozenset({jobs.RUNNING}),
    ),
    Kind(
        key="reviewed-judging",
        title=_("Judges read a reviewed answer"),
        icon="clipboard-list",
        permission="evaluation.change_gap",
        rows=_reviewed,
        state="phase",
        states={"waiting": jobs.QUEUED},
        columns={
            "at": F("reviewed_at"),
            "done": F("read"),
            "total": F("judges"),
        },
        revived=_(
            "Every minute the newest reviewed answers that a judge does not know are read, ten at a time. "
            "What cannot be judged is noted as such, and not tried again."
        ),
        page=lambda key: reverse("evaluation:answer", args=[key]),
        cancel=_stop_reviewed,
    ),
]
