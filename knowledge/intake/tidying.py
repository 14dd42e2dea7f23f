"""What imports leave behind is forgotten after a while. Beat asks for it with the other sweeps."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knowledge.intake import running
from knowledge.models import ImportItem, ImportRun, Upload

ABANDONED = timedelta(days=1)  # somebody chose files and closed the page before they were sent
TEXTS = timedelta(days=30)  # what was read is kept beside what became of it
ALL = timedelta(days=365)
PAGE = 20

State, Decision = ImportRun.State, ImportItem.Decision
ENDED = (State.DONE, State.FAILED, State.CANCELLED)
DECIDED = (Decision.PUBLISHED, Decision.DRAFTED, Decision.DISCARDED, Decision.NONE)


def tidy() -> None:
    """A few at a time; the next sweep goes on."""
    now = timezone.now()
    never_started = ImportRun.objects.filter(state=State.QUEUED, jobs=None, created_at__lt=now - ABANDONED)
    for run in never_started[:PAGE]:
        running.cancel(run)
    ended = ImportRun.objects.filter(state__in=ENDED)
    Upload.objects.filter(run__in=ended.filter(finished_at__lt=now - ABANDONED)).delete()
    old = ended.filter(finished_at__lt=now - TEXTS).values("pk")
    with_text = ImportItem.objects.filter(run__in=old, decision__in=DECIDED).exclude(body="", before="")
    ImportItem.objects.filter(pk__in=with_text.values("pk")[:2000]).update(body="", before="", findings=[])
    for run in ended.filter(finished_at__lt=now - ALL)[:PAGE]:
        run.delete()
