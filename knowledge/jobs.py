"""Background jobs: asked for, rung, claimed, kept alive, ended, and revived when their worker died.

The row is written in the same transaction as the edit that needs it; the Celery task after the commit only
rings. A ring that gets lost, comes twice or finds nobody does no harm.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import KombuError

from knowledge import failures, progress
from knowledge.models import Document, EmbeddingSpace, ImportRun, Job, Source

logger = logging.getLogger(__name__)

Kind, State = Job.Kind, Job.State

LEASE = timedelta(seconds=60)  # a running job without a heartbeat for this long has stalled
RING_AGAIN = timedelta(seconds=60)
MAX_FAILURES = 3
LONGEST_PAUSE = timedelta(minutes=15)  # before something that failed for good is tried again nevertheless
SUBJECTS = ("document", "source", "space", "run")
RING_TASK = "knowledge.tasks.run_job"


class LeaseLost(Exception):
    """Another worker has this job now: what was under way must not be finished."""


@dataclass(frozen=True)
class Lease:
    """The right to work on a job. The attempt number fences off a worker that was given up."""

    job: Job
    attempt: int

    def rows(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, state=State.RUNNING, attempts=self.attempt)

    def beat(self) -> None:
        if not self.rows().update(heartbeat_at=timezone.now()):
            raise LeaseLost(str(self.job))


def request(
    kind: str,
    *,
    document: Document | None = None,
    source: Source | None = None,
    space: EmbeddingSpace | None = None,
    run: ImportRun | None = None,
    delay: timedelta = timedelta(),
) -> None:
    """Ask for work, in the caller's transaction; a job that waits already for the same is kept.

    Its row is locked until the commit, so that no worker starts on what is not committed yet.
    """
    subject = {"kind": kind, "document": document, "source": source, "space": space, "run": run}
    due = timezone.now() + delay if delay else None
    with transaction.atomic():
        job = _waiting(subject)
        if job is None:
            job, _made = Job.objects.get_or_create(
                **subject, state=State.QUEUED, defaults={"not_before": due}
            )
        if not delay:
            Job.objects.filter(pk=job.pk, state=State.QUEUED).update(not_before=None)
            transaction.on_commit(partial(ring, job.pk))


def ask_again(kind: str, *, source: Source | None = None, space: EmbeddingSpace | None = None) -> None:
    """Ask for work that somebody has to do some day; each time that it has failed, later."""
    subject = {"kind": kind, "document": None, "source": source, "space": space, "run": None}
    last = Job.objects.filter(**subject).first()
    if last is None or last.state == State.DONE:
        request(kind, source=source, space=space)
    elif last.state == State.FAILED and timezone.now() > (last.finished_at or last.created_at) + _pause(last):
        _try_again(last)


def _pause(job: Job) -> timedelta:
    return min(timedelta(minutes=1) * 2 ** min(job.attempts, 10), LONGEST_PAUSE)


def _try_again(job: Job) -> None:
    """In the same row, which counts the attempts."""
    failed = Job.objects.filter(pk=job.pk, state=State.FAILED)
    if failed.update(state=State.QUEUED, failures=0, not_before=None, finished_at=None):
        ring(job.pk)


def _waiting(subject: dict[str, Any]) -> Job | None:
    given = {name: value for name, value in subject.items() if value is not None}
    return Job.objects.select_for_update().filter(**given, state=State.QUEUED).first()


def ring(job_id: int) -> None:
    """Tell a worker. When the broker is away, the sweeper rings later."""
    Job.objects.filter(pk=job_id).update(rung_at=timezone.now())
    try:
        current_app.send_task(RING_TASK, args=[job_id], retry=False)
    except (KombuError, OSError):
        logger.warning("The broker is away: job %s waits for the sweeper.", job_id)


def claim(job_id: int) -> Lease | None:
    """Take a waiting job that is due, unless somebody has it or works on the same subject."""
    lease = _take(job_id)
    # Afterwards: an edit locks the document before the job, so whoever holds a job must not wait for one.
    if lease and lease.job.document:
        progress.show_running(lease.job.document)
    return lease


@transaction.atomic
def _take(job_id: int) -> Lease | None:
    due = Q(not_before=None) | Q(not_before__lte=timezone.now())
    waiting = Job.objects.select_for_update(skip_locked=True).filter(due, pk=job_id, state=State.QUEUED)
    job = waiting.first()
    if job is None or _same_subject(job).filter(state=State.RUNNING).exists():
        return None
    job.state, job.attempts, job.heartbeat_at = State.RUNNING, job.attempts + 1, timezone.now()
    job.save(update_fields=["state", "attempts", "heartbeat_at"])
    return Lease(job, job.attempts)


def _same_subject(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(
        kind=job.kind,
        document=job.document_id,
        source=job.source_id,
        space=job.space_id,
        run=job.run_id,
    )


def finish(lease: Lease) -> None:
    """The job is done. A request that came meanwhile is waiting: ring for it."""
    lease.rows().update(state=State.DONE, error="", finished_at=timezone.now())
    _ring_next(lease.job)


def _ring_next(job: Job) -> None:
    for pk in _same_subject(job).filter(state=State.QUEUED, not_before=None).values_list("pk", flat=True):
        ring(pk)


def give_back(lease: Lease) -> None:
    """The time of this run is over but the work is not: let the next free worker go on."""
    lease.rows().update(failures=0, error="")  # it got on
    _queue_again(lease.rows(), delay=timedelta())
    ring(lease.job.pk)


def fail(lease: Lease, *, error: str, permanent: bool) -> None:
    """Note why a run stopped, and try again later unless that is pointless."""
    failures = lease.job.failures + 1
    final = permanent or failures >= MAX_FAILURES
    rows = lease.rows()
    Job.objects.filter(pk__in=rows).update(error=error[:500], failures=failures)
    if final:
        rows.update(state=State.FAILED, finished_at=timezone.now())
    else:
        _queue_again(rows, delay=timedelta(seconds=5 * 4 ** (failures - 1)))
    progress.show_trouble(lease.job, error=error, final=final)
    _ring_next(lease.job)


def _queue_again(rows: QuerySet[Job], *, delay: timedelta) -> None:
    """Put running jobs back; where a newer request waits for the same subject, that one replaces it."""
    try:
        with transaction.atomic():
            rows.update(state=State.QUEUED, not_before=timezone.now() + delay, rung_at=None)
    except IntegrityError:
        rows.update(state=State.DONE, finished_at=timezone.now())


def revive_stalled() -> int:
    """Give jobs whose worker fell silent to another one; returns how many there were."""
    silent = Job.objects.filter(state=State.RUNNING, heartbeat_at__lt=timezone.now() - LEASE)
    stalled = list(silent.select_related("document", "source"))
    for job in stalled:
        _revive(Lease(job, job.attempts))
    return len(stalled)


def _revive(lease: Lease) -> None:
    if lease.job.document:
        progress.show(lease.job.document, Document.IndexState.STALLED)
    fail(lease, error=failures.WORKER_STOPPED, permanent=False)
    logger.warning("Job %s stalled in attempt %s.", lease.job.pk, lease.attempt)


def ring_waiting(limit: int = 50) -> None:
    """Ring for jobs that are due and were not rung lately: their ring may have been lost."""
    now = timezone.now()
    due = Q(not_before=None) | Q(not_before__lte=now)
    quiet = Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN)
    waiting = Job.objects.filter(due & quiet, state=State.QUEUED).order_by("pk")
    for pk in waiting.values_list("pk", flat=True)[:limit]:
        ring(pk)


def forget_finished(keep: timedelta = timedelta(days=14)) -> None:
    """Forget what is done after a while, and what failed once there is something newer to be shown."""
    Job.objects.filter(state=State.DONE, finished_at__lt=timezone.now() - keep).delete()
    same = Q()
    for subject in SUBJECTS:
        same |= Q(**{subject: OuterRef(subject)})
    newer = Job.objects.filter(same, kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    Job.objects.filter(Exists(newer), state=State.FAILED).delete()
