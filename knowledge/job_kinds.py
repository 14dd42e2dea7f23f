"""Indexing, imports and visits of sites, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chatbot import jobs as listed
from chatbot.jobs import Kind, Trouble
from knowledge import failures, jobs
from knowledge.intake import running
from knowledge.models import ImportRun, Job

PERMISSION = "knowledge.change_document"
REVIVED = _(
    "Work that waits is looked for every 15 seconds. What gives no sign of life for a minute is given to "
    "another worker, three times at most."
)
AGAIN = _("Try again. If it fails once more, look into the worker’s log.")
MODEL = _("Look at the address, the key and the name of the model in the settings, then try again.")
LATER = _("It goes on by itself when the model answers again; you can also try now.")
CURES: dict[str, Promise] = {
    failures.WORKER_STOPPED: _("Try again. If it stops once more, the machine may be short of memory."),
    **dict.fromkeys(
        ("unauthorised", "not_found", "not_configured", "wrong_dimension", "not_a_stream"), MODEL
    ),
    **dict.fromkeys(("rate_limited", "unreachable", "timeout", "server_error", "unavailable"), LATER),
    "quota": _("Top up the account at the provider, then try again."),
}
INDEXING = Job.objects.exclude(kind=Job.Kind.IMPORT)


def _trouble(stored: str) -> Trouble:
    return Trouble(failures.in_words(stored), str(CURES.get(stored.partition(": ")[0], AGAIN)))


def _again(job_id: str) -> bool:
    """A failed one is asked for anew, as is one that waits for its next attempt."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED, not_before__gt=timezone.now())
    if waiting.update(not_before=None):
        jobs.ring(int(job_id))
        return True
    job = Job.objects.filter(pk=job_id, state=Job.State.FAILED).first()
    if job is None:
        return False
    jobs.request(job.kind, document=job.document, source=job.source, space=job.space, run=job.run)
    Job.objects.filter(pk=job.pk, state=Job.State.FAILED).delete()  # the new one stands for it
    return True


def _job_page(job_id: str) -> str:
    return f"{reverse('admin:knowledge_job_changelist')}?id={job_id}"


def _runs(*origins: str) -> QuerySet[Any]:
    """What is decided is published by a job of its own, while the import itself is not under way any more."""
    working = Job.objects.filter(run=OuterRef("pk"), state__in=[Job.State.QUEUED, Job.State.RUNNING])
    decided = Q(state__in=[ImportRun.State.REVIEW, ImportRun.State.DONE])
    return ImportRun.objects.filter(origin__in=origins).annotate(
        phase=Case(
            When(decided & Exists(working), then=Value("publishing")),
            When(Q(state=ImportRun.State.REVIEW) & ~Q(error=""), then=Value("stopped")),
            default=F("state"),
        )
    )


def _import_again(run_id: str) -> bool:
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        return False
    if run.state == ImportRun.State.REVIEW:
        ImportRun.objects.filter(pk=run.pk).update(error="")
        running.start(run)
        return True
    return running.try_again(run)


def _stop(run_id: str) -> bool:
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or not run.is_under_way:
        return False
    running.cancel(run)
    return True


def _import_page(run_id: str) -> str:
    return reverse("admin:knowledge_importrun_change", args=[run_id])


PHASES = {
    ImportRun.State.QUEUED: listed.QUEUED,
    ImportRun.State.READING: listed.RUNNING,
    "publishing": listed.RUNNING,
    "stopped": listed.FAILED,
    ImportRun.State.REVIEW: listed.DONE,
    ImportRun.State.DONE: listed.DONE,
    ImportRun.State.FAILED: listed.FAILED,
    ImportRun.State.CANCELLED: listed.CANCELLED,
}


def _imports(key: str, title: Promise, icon: str, *origins: str, done: str, total: str) -> Kind:
    last = Job.objects.filter(run=OuterRef("pk")).order_by("-pk")
    return Kind(
        key=key,
        title=title,
        icon=icon,
        permission=PERMISSION,
        rows=lambda: _runs(*origins),
        state="phase",
        states=PHASES,
        columns={
            "what": Coalesce(NullIf("what", Value("")), "source__name"),
            "at": "created_at",
            "ended": "finished_at",
            "error": "error",
            "alive": last.values("heartbeat_at")[:1],
            "due": last.filter(state=Job.State.QUEUED).values("not_before")[:1],
            "tries": last.values("failures")[:1],
            "done": done,
            "total": total,
        },
        trouble=_trouble,
        revived=REVIVED,
        page=_import_page,
        retry=_import_again,
        cancel=_stop,
        cancelled=frozenset({listed.QUEUED, listed.RUNNING}),
    )


KINDS = [
    Kind(
        key="indexing",
        title=_("Indexing"),
        icon="library",
        permission=PERMISSION,
        rows=lambda: INDEXING.all(),
        states={
            Job.State.QUEUED: listed.QUEUED,
            Job.State.RUNNING: listed.RUNNING,
            Job.State.DONE: listed.DONE,
            Job.State.FAILED: listed.FAILED,
        },
        sorts=dict(Job.Kind.choices),
        in_percent=True,
        columns={
            "sort": "kind",
            "what": Coalesce("document__title", "source__name", "space__identity", Value("")),
            "at": "created_at",
            "ended": "finished_at",
            "due": "not_before",
            "alive": "heartbeat_at",
            "error": "error",
            "tries": "failures",
            "done": Case(When(document__isnull=False, then="document__index_progress")),
            "total": Case(When(document__isnull=False, then=Value(100))),
        },
        trouble=_trouble,
        revived=REVIVED,
        page=_job_page,
        retry=_again,
        retried=frozenset({listed.FAILED, listed.QUEUED}),
    ),
    _imports(
        "import", _("Import"), "upload", ImportRun.Origin.FILES, ImportRun.Origin.CONVERSATIONS,
        done="files_read", total="files",
    ),
    _imports(
        "visit", _("Visit of a site"), "crosshair", ImportRun.Origin.WEB,
        done="pages_visited", total="pages",
    ),
]  # fmt: skip
