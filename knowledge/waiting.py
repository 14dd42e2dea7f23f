"""Wait until a source is indexed, and lend a hand when no worker does it."""

from __future__ import annotations

import time
from collections import Counter

from django.db.models import Q

from knowledge import jobs
from knowledge.models import Document, Job, Source
from knowledge.progress import UNDER_WAY
from knowledge.progress_line import ProgressLine
from knowledge.working import run_job

GRACE = 2.0  # seconds in which a worker would have taken a job that was rung
PAUSE = 0.5
SLICE = 20.0  # seconds of our own work between two lines of progress


def wait_for_source(source: Source, *, progress: ProgressLine) -> bool:
    """Return when every published document is indexed and the floor is measured; False when one failed.

    Without a worker this process does the work itself.
    """
    quiet_since, last = time.monotonic(), ""
    while jobs_left(source):
        if (line := describe(source)) != last:
            progress.show(line)
            last, quiet_since = line, time.monotonic()
        if time.monotonic() - quiet_since > GRACE and _lend_a_hand(source):
            quiet_since = time.monotonic() - GRACE
            continue
        time.sleep(PAUSE)
    progress.end(describe(source))
    return not source.documents.filter(index_state=Document.IndexState.FAILED).exists()


def jobs_left(source: Source) -> bool:
    active = Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    mine = Q(source=source) | Q(document__source=source)
    return Job.objects.filter(active, mine).exists()


def _lend_a_hand(source: Source) -> bool:
    jobs.revive_stalled()
    waiting = Job.objects.filter(Q(source=source) | Q(document__source=source), state=Job.State.QUEUED)
    return any(run_job(pk, seconds=SLICE) for pk in waiting.order_by("pk").values_list("pk", flat=True)[:5])


def describe(source: Source) -> str:
    documents = Document.objects.published().filter(source=source)
    states = Counter(documents.values_list("index_state", flat=True))
    waiting = sum(states[state] for state in UNDER_WAY)
    meaning = states[Document.IndexState.READY]
    words = meaning + states[Document.IndexState.WORDS]
    failed = states[Document.IndexState.FAILED]
    line = (
        f"{source}: {words} of {waiting + meaning + failed} found by their words, {meaning} by their meaning"
    )
    return f"{line}, {failed} failed" if failed else line
