"""How far the index is with a document, as its row shows it to staff."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from knowledge import questions
from knowledge.models import Chunk, Document, EmbeddingSpace, ImportRun, Job
from knowledge.vectors import without_vector

State = Document.IndexState
UNDER_WAY = [State.QUEUED, State.RUNNING, State.WORDS, State.STALLED]
# Vectors move these on; a queued document has a newer text, whose words come first.
MOVED_ON = [State.RUNNING, State.WORDS, State.STALLED, State.FAILED]


def show(document: Document, state: str, *, percent: int = 0, error: str = "") -> None:
    document.index_state, document.index_progress, document.index_error = state, percent, error[:500]
    Document.objects.filter(pk=document.pk).update(
        index_state=state, index_progress=percent, index_error=error[:500]
    )


def show_running(document: Document) -> None:
    """A worker has begun; what was withdrawn a moment ago stays withdrawn."""
    Document.objects.published().filter(pk=document.pk).update(
        index_state=State.RUNNING, index_progress=0, index_error=""
    )


def show_trouble(job: Job, *, error: str, final: bool) -> None:
    """Show why a job stopped at what waits for it; `final` when nobody will try again."""
    if job.run_id:
        _show_at_import(job.run_id, error=error, final=final)
        return
    state = {"index_state": State.FAILED} if final else {}
    _waiting_for(job).update(index_error=error[:500], **state)


def _show_at_import(run_id: int, *, error: str, final: bool) -> None:
    """What was approved stays approved: somebody may try again."""
    under_way = [ImportRun.State.QUEUED, ImportRun.State.READING]
    runs = ImportRun.objects.filter(pk=run_id)
    runs.update(error=error[:500])
    if final:
        runs.filter(state__in=under_way).update(state=ImportRun.State.FAILED, finished_at=timezone.now())


def _waiting_for(job: Job) -> QuerySet[Document]:
    documents = Document.objects.published().filter(index_state__in=UNDER_WAY)
    if job.kind == Job.Kind.DOCUMENT:
        return documents.filter(jobs=job)
    if job.kind == Job.Kind.SOURCE:
        own = Q(jobs__state__in=[Job.State.QUEUED, Job.State.RUNNING])
        return documents.filter(source=job.source_id).exclude(own)
    return documents.none()


def show_vectors(space: EmbeddingSpace, document_ids: set[int]) -> None:
    """Move documents on after some of their vectors were stored."""
    chosen = Document.objects.filter(pk__in=document_ids, index_state__in=MOVED_ON)
    for document in chosen.annotate(unasked=questions.missing(space)):
        passages = document.chunks.count()
        missing = without_vector(space, document.chunks.all()).count()
        if not missing and not document.unasked:
            show(document, State.READY, percent=100)
        else:
            # The questions of an article, which come last, are a passage more.
            steps, left = passages + 1, missing + document.unasked
            show(document, State.WORDS, percent=100 * (steps - left) // steps)


def show_complete(space: EmbeddingSpace, documents: QuerySet[Document]) -> None:
    """Mark those of the documents as indexed whose passages and questions all have their vectors, in one
    statement."""
    missing = without_vector(space, Chunk.objects.filter(document=OuterRef("pk")))
    complete = documents.filter(~Exists(missing), ~Q(questions.missing(space)), index_state__in=MOVED_ON)
    complete.update(index_state=State.READY, index_progress=100, index_error="")


def answers_may_change() -> bool:
    """Whether something is being indexed or measured: in a minute another passage may be found."""
    soon = Q(not_before=None) | Q(not_before__lte=timezone.now() + timedelta(minutes=1))
    under_way = Job.objects.filter(soon, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return under_way.exclude(kind__in=[Job.Kind.IMPORT, Job.Kind.UPKEEP]).exists()
