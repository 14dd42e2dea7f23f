"""An import from asking for it to the decision: read, judge, and publish what was approved.

Each part goes on where it was interrupted. The job that does it is one of knowledge/jobs.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from knowledge import jobs
from knowledge.intake import approving, uploads, visiting, visits
from knowledge.intake.reading import Progress, read_files
from knowledge.intake.refining import Manner
from knowledge.intake.rules import rules_of
from knowledge.intake.settling import settle
from knowledge.intake.staging import Stage
from knowledge.loaders.base import Place, Refused
from knowledge.models import ImportItem, ImportRun, Job, Source

State = ImportRun.State
WITHOUT_FILES = (ImportRun.Origin.WEB, ImportRun.Origin.CONVERSATIONS)
GoesOn = Callable[[], bool]


def manner_of(source: Source) -> Manner:
    rules = rules_of(source.cleaning, repeated=frozenset(source.repeated))
    return Manner(rules, source.language, source.audience)


def begin(source: Source, *, origin: str, what: str, author: User | None) -> ImportRun:
    """An import to which files may be given; nothing is read before `start`."""
    return ImportRun.objects.create(source=source, origin=origin, what=what[:300], asked_by=author)


@transaction.atomic
def start(run: ImportRun) -> None:
    jobs.request(Job.Kind.IMPORT, run=run)


@transaction.atomic
def cancel(run: ImportRun) -> None:
    """Stop reading and drop what was read; what is published already stays."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state in {State.QUEUED, State.READING, State.REVIEW}:
        end(locked, State.CANCELLED)
        locked.items.filter(decision=ImportItem.Decision.WAITING).update(
            decision=ImportItem.Decision.DISCARDED
        )


@transaction.atomic
def try_again(run: ImportRun) -> bool:
    """Go on with an import that stopped; False when there is nothing left of it to go on with."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != State.FAILED or not (locked.uploads.exists() or locked.origin in WITHOUT_FILES):
        return False
    locked.state, locked.error, locked.finished_at = State.QUEUED, "", None
    locked.save(update_fields=["state", "error", "finished_at"])
    jobs.request(Job.Kind.IMPORT, run=locked)
    return True


def end(run: ImportRun, state: str, error: str = "") -> None:
    run.state, run.error, run.finished_at, run.reading = state, error[:500], timezone.now(), ""
    run.save(update_fields=["state", "error", "finished_at", "reading"])
    uploads.forget(run)


def work(run: ImportRun, goes_on: GoesOn) -> bool:
    """Do the next part of an import; False when there is more to do than this run has time for."""
    if run.is_under_way and not _read(run, goes_on):
        return False
    return approving.finish_approved(run, goes_on)


def _read(run: ImportRun, goes_on: GoesOn) -> bool:
    manner = manner_of(run.source)
    _enter(run)
    if not SOURCES_OF[run.origin](run, Stage(run, manner), goes_on):
        return False
    if not _still_wanted(run) or not settle(run, manner, goes_on):
        return not _still_wanted(run)
    _present(run)
    return True


def read_here(run: ImportRun, path: Path) -> None:
    """Read files of this machine into an import, by the process that asks for it."""

    def on() -> bool:
        return True

    _enter(run)
    manner = manner_of(run.source)
    read_into(Stage(run, manner), path, on)
    settle(run, manner, on)
    _present(run)


def _enter(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk, state=State.QUEUED).update(state=State.READING)
    run.refresh_from_db(fields=["state"])


def _still_wanted(run: ImportRun) -> bool:
    run.refresh_from_db(fields=["state"])
    return run.state == State.READING


def _present(run: ImportRun) -> None:
    """Everything is judged: let staff decide, or nobody where nobody wants to."""
    uploads.forget(run)
    if run.origin == ImportRun.Origin.WEB:
        visits.accept(run.source)
    waiting = run.items.filter(decision=ImportItem.Decision.WAITING)
    ImportRun.objects.filter(pk=run.pk, state=State.READING).update(state=State.REVIEW, reading="")
    run.refresh_from_db(fields=["state"])
    if run.publish and not run.source.needs_approval:
        waiting.filter(state__in=approving.UNASKED).update(decision=ImportItem.Decision.APPROVED)
    approving.close_if_decided(run)


def _read_files(run: ImportRun, stage: Stage, goes_on: GoesOn) -> bool:
    """Files that were uploaded."""
    with uploads.written(run) as (root, pages):
        return read_into(stage, root, goes_on, pages=pages)


def read_into(stage: Stage, root: Path, goes_on: GoesOn, *, pages: Path | None = None) -> bool:
    """Put what stands under a path on the stage. False when the time is over before that."""
    run, progress = stage.run, Progress()
    if run.files and run.files_read >= run.files:  # read before; what came after was interrupted
        return True
    unit, skip, found_here = run.files_read, run.found_read, 0
    for found in read_files(root, first=unit, pages=pages, progress=progress, alive=goes_on):
        if progress.unit != unit:
            unit, skip, found_here = progress.unit, 0, 0
        found_here += 1
        if found_here <= skip:
            continue
        stage.take(found)
        if stage.is_full():
            stage.flush(files_read=unit, found_read=found_here, **_shown(progress))
            if not goes_on():
                return False
    if progress.assets:
        stage.take(Refused(Place(run.what), "assets_left", {"number": progress.assets}))
    stage.flush(files_read=progress.units, found_read=0, **_shown(progress))
    return True


def _shown(progress: Progress) -> dict[str, object]:
    return {"files": progress.units, "reading": progress.name[:300], "assets": progress.assets}


def _read_site(run: ImportRun, stage: Stage, goes_on: GoesOn) -> bool:
    """Pages of a site: visited first, then read."""
    if not run.files_read and not visiting.visit_pages(run, goes_on):
        return False
    if not run.uploads.exists():
        return True
    with uploads.written(run) as (root, pages):
        return read_into(stage, root, goes_on, pages=pages)


def _is_there(run: ImportRun, stage: Stage, goes_on: GoesOn) -> bool:
    """What conversations say stands in rows from the beginning: see suggesting.py."""
    return True


SOURCES_OF: dict[str, Callable[[ImportRun, Stage, GoesOn], bool]] = {
    ImportRun.Origin.FILES: _read_files,
    ImportRun.Origin.WEB: _read_site,
    ImportRun.Origin.CONVERSATIONS: _is_there,
}
