"""Sites and when they are visited: asked for, due again, and what a visit says of the articles from there."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from knowledge import jobs
from knowledge.intake import staging, visiting
from knowledge.loaders.base import Place, Refused
from knowledge.models import ImportItem, ImportRun, Job, SitePage, Source

State = SitePage.State
EVERY = {
    Source.Schedule.DAILY: timedelta(days=1),
    Source.Schedule.WEEKLY: timedelta(days=7),
    Source.Schedule.MONTHLY: timedelta(days=30),
}
OPEN = (ImportRun.State.QUEUED, ImportRun.State.READING, ImportRun.State.REVIEW)
# Why a page could not be had, where it is no code of chatbot.outgoing.
STATUS = "page_status"


def is_open(source: Source) -> bool:
    """Whether a visit is under way, or one waits to be decided: a second one would not see its changes."""
    return source.imports.filter(state__in=OPEN).exists()


@transaction.atomic
def ask(source: Source, *, author: User | None) -> ImportRun:
    """Visit a site as soon as a worker is free."""
    Source.objects.select_for_update().get(pk=source.pk)
    visiting.prepare(source)
    run = ImportRun.objects.create(
        source=source,
        origin=ImportRun.Origin.WEB,
        what=source.location[:300],
        asked_by=author,
        publish=source.publish_visits,
    )
    jobs.request(Job.Kind.IMPORT, run=run)
    schedule(source)
    return run


def schedule(source: Source) -> None:
    """Note when it is due next, from now."""
    every = EVERY.get(Source.Schedule(source.schedule))
    source.next_visit_at = timezone.now() + every if every else None
    source.save(update_fields=["next_visit_at"])


def ask_due(limit: int = 5) -> None:
    """Visit the sites whose time has come. One that waits for a decision is asked again later."""
    due = Source.objects.filter(kind=Source.Kind.WEB, next_visit_at__lt=timezone.now())
    for source in due.order_by("next_visit_at")[:limit]:
        if is_open(source):
            schedule(source)
        else:
            ask(source, author=None)


@transaction.atomic
def add_pages(run: ImportRun) -> None:
    """Rows for what was not read anew: unchanged pages, pages that are gone, pages that could not be had."""
    pages = run.source.pages
    seen = run.items.exclude(external_id="").values("external_id")
    of_pages = run.source.documents.exclude(external_id__in=seen).order_by("title")
    unchanged = of_pages.filter(path__in=pages.filter(state=State.UNCHANGED).values("url"))
    gone = of_pages.filter(path__in=pages.filter(state=State.GONE).values("url"))
    rows = [staging.row_about(document, ImportItem.State.UNCHANGED) for document in unchanged]
    rows += [staging.row_about(document, ImportItem.State.GONE) for document in gone]
    nothing_there = Q(state=State.GONE, url=visiting.first_address(run.source))
    failed = pages.filter(Q(state=State.FAILED) | nothing_there)
    rows += [staging.refused_row(_refused(page)) for page in failed]
    staging.add_rows(run, rows)


def _refused(page: SitePage) -> Refused:
    if page.error.isdecimal():
        return Refused(Place(page.url), STATUS, {"status": page.error})
    return Refused(Place(page.url), page.error)


def accept(source: Source) -> None:
    """What this visit has seen is what the next one is compared with."""
    source.pages.filter(state=State.READ).update(
        etag=F("seen_etag"), modified=F("seen_modified"), digest=F("seen_digest")
    )


def forget(source: Source) -> None:
    """Read every page anew at the next visit: how it is cleaned has changed, or what was read is lost."""
    source.pages.update(etag="", modified="", digest="")
