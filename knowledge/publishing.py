"""Everything staff and imports do to an article. These functions are the only writers of documents.

Each keeps a revision and asks for indexing in the same transaction. What narrows who may read (a draft again,
another audience) takes effect in search at once, without waiting for a worker. What brings other words to
customers asks knowledge/approval.py here, so that no way in goes around it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from knowledge import (
    approval,
    counting,
    fingerprints,
    indexing,
    jobs,
    progress,
    questions,
    revisions,
    vectors,
)
from knowledge.models import Document, Job, Revision, Source

Status, State = Document.Status, Document.IndexState
CONTENT = [
    "external_id",
    "title",
    "description",
    "body",
    "category",
    "keywords",
    "questions",
    "url",
    "audience",
    "owner",
    "review_by",
    "status",
    "path",
    "content_hash",
    "updated_at",
]


@transaction.atomic
def save_document(
    document: Document,
    *,
    author: User | None,
    index: bool = True,
    imported: bool = False,
    approved_by: User | None = None,
) -> Revision | None:
    """Store a new or changed document; returns its new revision, None when the content is the same.

    `index=False` leaves the document waiting for a job that the caller asks for (a whole source). What is a
    draft now, whoever says so, is found by nobody from this moment. `imported` says that the text came from
    elsewhere, whoever let it in; `approved_by` has looked at the author's words. Raises NeedsApproval.
    """
    source = counting.lock_source(document.source_id)
    is_news = changes_what_is_read(document)
    if is_news:
        approval.check(source, author=author, approved_by=approved_by)
    # The index's own columns are left alone: a worker may be writing them.
    document.save(update_fields=CONTENT if document.pk else None)
    if not document.external_id:
        document.external_id = f"article-{document.pk}"
        document.save(update_fields=["external_id"])
    revision = revisions.take(document, author=author, imported=imported, approved_by=approved_by)
    if revision:
        fingerprints.take(document)
        questions.give_over(document)
    indexing.change_audience(document)
    document.refresh_from_db(fields=["index_state"])
    if document.status != Status.PUBLISHED:
        _withdraw(document)
    elif revision or document.index_state == State.NONE:
        _index(document, now=index)
    if is_news and not imported:  # an import is told as a whole
        _tell(document, revision, author=author, by=approved_by or author)
    return revision


def _tell(document: Document, revision: Revision | None, *, author: User | None, by: User | None) -> None:
    words = {"revision": revision.number if revision else None, "author": str(author or "")}
    audit.record(audit.Action.PUBLISHED, document, by=by, after=words)


def changes_what_is_read(document: Document) -> bool:
    """Whether saving it brings words to its readers that they did not have: no draft does, no owner."""
    if document.status != Status.PUBLISHED:
        return False
    is_read = Document.objects.filter(pk=document.pk, status=Status.PUBLISHED).exists()
    return not is_read or revisions.has_changed(document)


def _withdraw(document: Document) -> None:
    """Also what only waits for a worker is taken back: it must not look as if it were still coming."""
    if document.index_state != State.NONE:
        indexing.withdraw(document.pk)
        document.refresh_from_db(fields=["index_state", "index_progress", "index_error", "indexed_revision"])


@transaction.atomic
def publish(document: Document, *, author: User | None) -> None:
    """Make a draft readable and searchable."""
    document.status = Status.PUBLISHED
    save_document(document, author=author)


@transaction.atomic
def unpublish(document: Document) -> None:
    """Make a document a draft again: nobody finds or reads it from now on."""
    counting.lock_document(document.pk)
    document.status = Status.DRAFT
    document.save(update_fields=["status", "updated_at"])
    indexing.withdraw(document.pk)
    document.refresh_from_db()
    audit.record(audit.Action.WITHDRAWN, document)


@transaction.atomic
def delete_documents(documents: Iterable[Document], *, by: User | None = None) -> int:
    """Delete documents with their revisions, passages, vectors and word counts; returns how many."""
    chosen = list(documents)
    for document in chosen:
        approval.check_deletion(document.source, by=by)
    sources = {pk: counting.lock_source(pk) for pk in sorted({document.source_id for document in chosen})}
    rows = Document.objects.select_for_update().filter(pk__in=[document.pk for document in chosen])
    locked = list(rows.order_by("pk"))
    vectors.forget_titles(locked)
    for document in locked:
        indexing.remove(document, sources[document.source_id])
        document.delete()
    return len(locked)


@transaction.atomic
def delete_sources(sources: Iterable[Source], *, by: User | None = None) -> None:
    """Delete sources with all that stands in them."""
    for source in sorted(sources, key=lambda source: source.pk):
        approval.check_deletion(source, by=by)
        locked = Source.objects.select_for_update().get(pk=source.pk)
        vectors.forget_titles(locked.documents.all())
        locked.delete()


@transaction.atomic
def index_again(document: Document) -> None:
    """Start over after a failure, or for safety. Drafts have nothing to index."""
    if document.status == Status.PUBLISHED:
        _index(document, now=True)


@transaction.atomic
def index_source_again(source: Source) -> None:
    """Index every published article of a source anew; what did not change keeps its vectors."""
    counting.lock_source(source.pk)
    source.documents.filter(status=Status.PUBLISHED).update(index_state=State.QUEUED)
    jobs.request(Job.Kind.SOURCE, source=source)


def _index(document: Document, *, now: bool) -> None:
    progress.show(document, State.QUEUED)
    fingerprints.compare_again(document)
    if now:
        jobs.request(Job.Kind.DOCUMENT, document=document)


def where_we_write() -> Source | None:
    """That source, if there is one already."""
    return Source.objects.filter(kind=Source.Kind.WRITTEN).order_by("pk").first()


def written_here() -> Source:
    """The source of articles that staff write."""
    return where_we_write() or Source.objects.create(name=_("Help centre"), kind=Source.Kind.WRITTEN)
