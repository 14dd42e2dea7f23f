"""Find indexing work that nobody does any more. Beat runs it every 15 seconds."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knowledge import jobs, progress
from knowledge.models import Document, IndexJob
from knowledge.working import follow_embedding_model

FORGOTTEN = timedelta(minutes=5)


def sweep() -> None:
    jobs.revive_stalled()
    ask_for_forgotten()
    follow_embedding_model()
    jobs.ring_waiting()
    jobs.forget_finished()


def ask_for_forgotten(limit: int = 50) -> int:
    """Ask anew for documents that wait although no job is left that would index them."""
    active = IndexJob.objects.filter(state__in=[IndexJob.State.QUEUED, IndexJob.State.RUNNING])
    waiting = Document.objects.published().filter(
        index_state__in=progress.UNDER_WAY, updated_at__lt=timezone.now() - FORGOTTEN
    )
    forgotten = waiting.exclude(index_jobs__in=active).exclude(source__index_jobs__in=active)[:limit]
    for document in forgotten:
        jobs.request(IndexJob.Kind.DOCUMENT, document=document)
    return len(forgotten)
