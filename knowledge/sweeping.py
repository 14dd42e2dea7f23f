"""Find indexing work that nobody does any more. Beat runs it every 15 seconds."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from knowledge import failures, fingerprints, jobs, progress, question_writing, spaces
from knowledge.calibration import unmeasured
from knowledge.intake import tidying, visits
from knowledge.models import Document, Job, Source
from knowledge.upkeep import comparing

FORGOTTEN = timedelta(minutes=5)
TIDYING = 120.0  # seconds


def sweep() -> None:
    jobs.revive_stalled()
    ask_for_forgotten()
    follow_embedding_model()
    fill_what_failed()
    measure_again()
    visits.ask_due()
    comparing.ask()
    question_writing.ask()
    jobs.ring_waiting()
    jobs.forget_finished()


def ask_for_forgotten(limit: int = 50) -> int:
    """Ask anew for documents that wait although no job is left that would index them."""
    active = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    waiting = Document.objects.published().filter(
        index_state__in=progress.UNDER_WAY, updated_at__lt=timezone.now() - FORGOTTEN
    )
    forgotten = waiting.exclude(jobs__in=active).exclude(source__jobs__in=active)[:limit]
    for document in forgotten:
        jobs.request(Job.Kind.DOCUMENT, document=document)
    return len(forgotten)


def follow_embedding_model() -> None:
    """Start filling the configured model's space when another one is live."""
    space = spaces.space_to_fill()
    if not space.live:
        jobs.ask_again(Job.Kind.SPACE, space=space)


def fill_what_failed() -> None:
    """Once the provider is back, articles that failed because of it get their meaning, a source at a time."""
    broken = Q(index_error__startswith=failures.BROKEN) | Q(index_error=failures.WORKER_STOPPED)
    failed = Document.objects.published().filter(~broken, index_state=Document.IndexState.FAILED)
    for source in Source.objects.filter(documents__in=failed).distinct():
        jobs.ask_again(Job.Kind.SOURCE, source=source)


def measure_again() -> None:
    """Measure the floors that are missing because nobody could: until then only words count."""
    space = spaces.space_to_fill()
    if space.live:
        for source in unmeasured(space):
            jobs.ask_again(Job.Kind.CALIBRATION, source=source)


def tidy() -> None:
    """What can wait an hour: texts of old imports go, older articles get their fingerprints."""
    tidying.tidy()
    until = time.monotonic() + TIDYING
    while fingerprints.take_missing() and time.monotonic() < until:
        pass
