"""Do one job, as far as the time of one run goes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet

from knowledge import (
    counting,
    failures,
    indexing,
    jobs,
    progress,
    question_writing,
    questions,
    spaces,
    vectors,
)
from knowledge.calibration import calibrate, unmeasured
from knowledge.intake import running
from knowledge.models import Chunk, Document, EmbeddingSpace, Job, Source
from knowledge.upkeep import comparing
from llm.errors import ModelError

logger = logging.getLogger(__name__)

RUN_SECONDS = 30.0  # what is left goes on in another run, so that an import need not wait for hours
CALIBRATE_AFTER = timedelta(seconds=10)  # several edits in a row calibrate once
# In a large source measuring takes longer and one edit changes less: a second later for so many passages.
PASSAGES_A_SECOND = 1000
PAGE = 200


class Run:
    """One run of a job: its lease, and when to stop."""

    def __init__(self, lease: jobs.Lease, seconds: float) -> None:
        self.lease = lease
        self.until = time.monotonic() + seconds

    def goes_on(self) -> bool:
        """Show that the worker lives; False when the time is over."""
        self.lease.beat()
        return time.monotonic() < self.until


def run_job(job_id: int, *, seconds: float = RUN_SECONDS) -> bool:
    """Work on a job unless somebody else does; returns whether this run worked on it."""
    lease = jobs.claim(job_id)
    if lease is None:
        return False
    work(Run(lease, seconds))
    return True


def work(run: Run) -> None:
    """Do what the job asks for and write down how it ended."""
    lease = run.lease
    try:
        done = STEPS[lease.job.kind](lease.job, run)
    except jobs.LeaseLost:
        logger.warning("Job %s went on elsewhere.", lease.job.pk)
    except ModelError as error:
        jobs.fail(lease, error=failures.written(error), permanent=error.permanent)
    except Exception as error:  # boundary: the job's row says why it stopped
        logger.exception("Job %s failed", lease.job.pk)
        jobs.fail(lease, error=failures.written(error), permanent=False)
    else:
        end = jobs.finish if done else jobs.give_back
        end(lease)


def _index_document(job: Job, run: Run) -> bool:
    assert job.document is not None
    while not indexing.index_words(job.document.pk):
        run.goes_on()
    source = Source.objects.get(pk=job.document.source_id)
    if counting.has_drifted(source):
        jobs.request(Job.Kind.SOURCE, source=source)
    chunks = Chunk.objects.filter(document=job.document)
    itself = Document.objects.filter(pk=job.document.pk)
    _fill_live(chunks, run, itself)
    if not _fill(chunks, run, itself):
        return False
    later = CALIBRATE_AFTER + timedelta(seconds=source.passages / PASSAGES_A_SECOND)
    jobs.request(Job.Kind.CALIBRATION, source=source, delay=later)
    return True


def _fill_live(chunks: QuerySet[Chunk], run: Run, documents: QuerySet[Document]) -> None:
    """While another model's space is being filled, an edit is found by its meaning in the live one too."""
    live = spaces.live_space()
    if live is None or live == spaces.space_to_fill():
        return
    try:
        if vectors.fill(live, chunks, after_batch=lambda _batch: run.goes_on()):
            questions.fill(live, documents, after_batch=lambda _batch: run.goes_on())
    except ModelError as error:
        logger.info("The model that is searched cannot be asked any more (%s): words have to do.", error)


def _fill(chunks: QuerySet[Chunk], run: Run, documents: QuerySet[Document]) -> bool:
    """First the passages of all: what an article says counts more than what else it is asked by."""
    space = spaces.space_to_fill()

    def after_batch(document_ids: set[int]) -> bool:
        progress.show_vectors(space, document_ids)
        return run.goes_on()

    done = vectors.fill(
        space, chunks, after_batch=lambda batch: after_batch({chunk.document_id for chunk in batch})
    ) and questions.fill(space, documents, after_batch=after_batch)
    progress.show_complete(space, documents)
    return done


def _index_source(job: Job, run: Run) -> bool:
    """All documents of a source that wait: first the words of all, then their meaning, then the floor."""
    assert job.source is not None
    if not _index_waiting(job.source, run) or not _settle_average(job.source.pk, run):
        return False
    documents = Document.objects.published().filter(source=job.source)
    done = _fill(Chunk.objects.filter(document__source=job.source), run, documents)
    # Also while a big import is under way, which takes hours: the floor of what is there is better than none.
    jobs.request(Job.Kind.CALIBRATION, source=job.source)
    return done


def _index_waiting(source: Source, run: Run) -> bool:
    waiting = Document.objects.published().filter(source=source, index_state=Document.IndexState.QUEUED)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    indexing.estimate_average(source.pk, ids)
    for document_id in ids:
        while not indexing.index_words(document_id):
            pass
        if not run.goes_on():
            return False
    return True


def _settle_average(source_id: int, run: Run) -> bool:
    """Compute the weights of a source anew when its average length has drifted, or go on doing so."""
    source = Source.objects.get(pk=source_id)
    if source.weighed_up_to is None and counting.has_drifted(source):
        counting.freeze_average(source_id)
    while indexing.weigh_next(source_id, PAGE):
        if not run.goes_on():
            return False
    return True


def _fill_space(job: Job, run: Run) -> bool:
    """Fill the space of a new embedding model beside the live one, measure its floors, then search it."""
    space = job.space
    if space is None or space != spaces.space_to_fill():
        return True  # the configuration changed again: that space will not be completed
    if not _fill(Chunk.objects.all(), run, Document.objects.published()) or not _measure(space, run):
        return False
    spaces.make_live(space)
    for source in Source.objects.filter(passages__gt=0):
        jobs.request(Job.Kind.CALIBRATION, source=source)
    spaces.drop_others(space, beat=run.lease.beat)
    return True


def _measure(space: EmbeddingSpace, run: Run) -> bool:
    """Measure the floor of every source that has none in this space."""
    for source in unmeasured(space):
        calibrate(source.pk, space, beat=run.lease.beat)
        if not run.goes_on():
            return False
    return True


def _calibrate(job: Job, run: Run) -> bool:
    """Measure a source's floor; that of a model that is about to be replaced stays as it is."""
    assert job.source is not None
    space = spaces.live_space()
    if space is not None and space == spaces.space_to_fill():
        calibrate(job.source.pk, space, beat=run.lease.beat)
    return True


def _import(job: Job, run: Run) -> bool:
    """Read files or pages, judge what they hold, publish what was approved."""
    assert job.run is not None
    return running.work(job.run, run.goes_on)


def _compare(job: Job, run: Run) -> bool:
    """Look for duplicates and contradictions of what was published or changed."""
    return comparing.work(run.goes_on)


def _write_questions(job: Job, run: Run) -> bool:
    """Let the model write what the articles of a source answer."""
    assert job.source is not None
    return question_writing.work(job.source, run.goes_on)


STEPS: dict[str, Callable[[Job, Run], bool]] = {
    Job.Kind.DOCUMENT: _index_document,
    Job.Kind.SOURCE: _index_source,
    Job.Kind.SPACE: _fill_space,
    Job.Kind.CALIBRATION: _calibrate,
    Job.Kind.IMPORT: _import,
    Job.Kind.UPKEEP: _compare,
    Job.Kind.QUESTIONS: _write_questions,
}
