"""What staff decide about an import: publish, keep as a draft, discard.

Where changes of the source need somebody else's approval, publishing here is that approval: whoever is bound
to it lets in what a site or somebody else has brought, not the files that they gave nor rows they corrected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from knowledge import approval, counting, jobs, publishing
from knowledge.intake.staging import item_of
from knowledge.intake.storing import store
from knowledge.models import Document, ImportItem, ImportRun, Job

State, Decision = ImportItem.State, ImportItem.Decision
UNASKED = (State.NEW, State.CHANGED)  # published without a person where a source is trusted
AT_ONCE = 50  # items that are published while somebody waits; more are left to a worker
PAGE = 50


def approve(run: ImportRun, items: QuerySet[ImportItem], *, author: User | None) -> int:
    """Publish these items, at once where they are few; returns how many there were."""
    waiting = let_in_by(author, run, items.filter(run=run, decision=Decision.WAITING))
    number = waiting.count()
    if number <= AT_ONCE:
        publish_page(run, list(waiting.values_list("pk", flat=True)), author=author)
    else:
        with transaction.atomic():
            waiting.update(decision=Decision.APPROVED, approved_by=author)
            jobs.request(Job.Kind.IMPORT, run=run)
    close_if_decided(run)
    return number


def let_in_by(person: User | None, run: ImportRun, items: QuerySet[ImportItem]) -> QuerySet[ImportItem]:
    """Those of the items that this person may publish."""
    if person is None or not approval.is_bound(person, run.source):
        return items
    if run.origin == ImportRun.Origin.FILES and run.asked_by_id == person.pk:
        return items.none()
    return items.exclude(edited_by=person)


def finish_approved(run: ImportRun, goes_on: Callable[[], bool]) -> bool:
    """Publish what was approved, a page at a time; False when the time is over before that."""
    approved = run.items.filter(decision=Decision.APPROVED).order_by("number")
    while first := approved.select_related("approved_by").first():
        page = approved.filter(approved_by=first.approved_by).values_list("pk", flat=True)
        publish_page(run, list(page[:PAGE]), author=first.approved_by or run.asked_by)
        if not goes_on():
            return False
    close_if_decided(run)
    return True


@transaction.atomic
def publish_page(run: ImportRun, pks: list[int], *, author: User | None, draft: bool = False) -> int:
    """Write items into the knowledge base, each once, and ask for one indexing."""
    counting.lock_source(run.source_id)  # before any of its documents
    rows = ImportItem.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    if not draft:  # that approval is needed may have been said since they were approved
        ours = let_in_by(author, run, run.items.filter(pk__in=pks)).values("pk")
        rows.filter(decision=Decision.APPROVED).exclude(pk__in=ours).update(decision=Decision.WAITING)
        rows = rows.filter(pk__in=ours)
    open_rows = rows.filter(decision__in=[Decision.WAITING, Decision.APPROVED]).order_by("number")
    taken = [_take(row, run, author=author, draft=draft) for row in open_rows]
    if taken:
        jobs.request(Job.Kind.SOURCE, source=run.source)
        facts = {"drafts" if draft else "published": len(taken), "source": str(run.source)}
        audit.record(audit.Action.IMPORTED, run, by=author, after=facts)
    return len(taken)


def _take(row: ImportItem, run: ImportRun, *, author: User | None, draft: bool) -> ImportItem:
    if row.state == State.GONE:
        if row.document is not None:
            publishing.delete_documents([row.document])
        row.document = None
    else:
        row.document = _store(row, run, author=author, draft=draft)
    row.decision = Decision.DRAFTED if draft and row.state != State.GONE else Decision.PUBLISHED
    row.save(update_fields=["document", "decision"])
    return row


def _store(row: ImportItem, run: ImportRun, *, author: User | None, draft: bool) -> Document:
    item = item_of(row)
    item = replace(item, draft=item.draft or draft)
    writer, approver = _signed(row, run, author)
    return store(
        item,
        _document_for(row, run),
        author=writer,
        approved_by=approver,
        content_hash=row.content_hash,
        imported=row.edited_by_id is None,
    )


def _signed(row: ImportItem, run: ImportRun, by: User | None) -> tuple[User | None, User | None]:
    """Whose words they are, and who has looked at them; where that is not asked, who let them in."""
    given_by = run.asked_by if run.origin == ImportRun.Origin.FILES else None
    writer = row.edited_by or given_by
    if not run.source.needs_approval or by is None or by == writer:
        return by, None
    return writer, by


def _document_for(row: ImportItem, run: ImportRun) -> Document:
    """The article that it changes; it may have come into being since the row was judged."""
    same = run.source.documents.filter(external_id=row.external_id, language=row.language)
    return row.document or same.first() or Document(source=run.source)


@transaction.atomic
def keep_as_drafts(run: ImportRun, items: QuerySet[ImportItem], *, author: User | None) -> int:
    """Store these items as articles that nobody finds yet."""
    waiting = items.filter(run=run, decision=Decision.WAITING).exclude(state=State.GONE)
    number = publish_page(run, list(waiting.values_list("pk", flat=True)), author=author, draft=True)
    close_if_decided(run)
    return number


@transaction.atomic
def discard(run: ImportRun, items: QuerySet[ImportItem]) -> int:
    """Leave these items; the next import brings them again when they have changed by then."""
    number = items.filter(run=run, decision=Decision.WAITING).update(decision=Decision.DISCARDED)
    if number:
        audit.record(audit.Action.DISCARDED, run, after={"number": number, "source": str(run.source)})
    close_if_decided(run)
    return number


def close_if_decided(run: ImportRun) -> None:
    """An import in which nothing waits any more is done."""
    if not run.items.filter(decision__in=[Decision.WAITING, Decision.APPROVED]).exists():
        ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.REVIEW).update(
            state=ImportRun.State.DONE, finished_at=timezone.now()
        )
        run.refresh_from_db(fields=["state"])
