"""Bring documents from elsewhere in: new ones are added, changed ones get a new revision, the rest is left.

An import is compared with the import before it, so what staff edited here stays until the original changes
too; then the original wins, and the edit is one revision back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from knowledge import counting, jobs, publishing
from knowledge.loaders.base import Item, Refused
from knowledge.models import Category, Document, IndexJob, Source

Key = tuple[str, str]  # external id, language
PAGE = 100


@dataclass
class Report:
    """What an import did. `overwritten` are the changed ones that staff had edited here.

    `missing` are those that the import no longer holds; `pruned` says that they were deleted.
    """

    new: list[Document] = field(default_factory=list)
    changed: list[Document] = field(default_factory=list)
    unchanged: int = 0
    kept: list[Document] = field(default_factory=list)
    overwritten: list[Document] = field(default_factory=list)
    missing: list[Document] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    pruned: bool = False

    @property
    def read(self) -> int:
        return len(self.new) + len(self.changed) + self.unchanged + len(self.kept)


def source_named(name: str, *, location: str = "") -> Source:
    source, _made = Source.objects.get_or_create(
        name=name[:120], defaults={"kind": Source.Kind.IMPORTED, "location": location[:500]}
    )
    return source


def find_first(items: Iterator[Item | Refused]) -> tuple[list[Refused], Item | None]:
    """Read up to the first document: what was refused before it, and the document itself."""
    refused: list[Refused] = []
    for item in items:
        if isinstance(item, Item):
            return refused, item
        refused.append(item)
    return refused, None


def import_items(
    source: Source,
    items: Iterable[Item | Refused],
    *,
    author: User | None = None,
    keep_edits: bool = False,
    prune: bool = False,
) -> Report:
    """Add and change a source's documents, and ask for one indexing of the whole source.

    `keep_edits` leaves documents alone that staff have edited. `prune` deletes those that the import no
    longer holds; it must then name every document of the source in the languages it has. Nothing is deleted
    while anything was refused: what could not be read may be what seems to be gone.
    """
    run = _Import(source, author=author, keep_edits=keep_edits)
    for page in _pages(items):
        with transaction.atomic():
            counting.lock_source(source.pk)  # before any of its documents
            for item in page:
                run.take(item)
    run.find_missing()
    if prune and not run.report.refused:
        publishing.delete_documents(run.report.missing)
        run.report.pruned = True
    if run.report.new or run.report.changed:
        with transaction.atomic():
            jobs.request(IndexJob.Kind.SOURCE, source=source)
    return run.report


def _pages(items: Iterable[Item | Refused]) -> Iterable[list[Item | Refused]]:
    page: list[Item | Refused] = []
    for item in items:
        page.append(item)
        if len(page) == PAGE:
            yield page
            page = []
    yield page


class _Import:
    """One import under way: what is here already, what was seen, what came of it."""

    def __init__(self, source: Source, *, author: User | None, keep_edits: bool) -> None:
        self.source, self.author, self.keep_edits = source, author, keep_edits
        self.report = Report()
        self.seen: dict[Key, str] = {}
        known = source.documents.values_list("external_id", "language", "pk", "content_hash")
        self.known: dict[Key, tuple[int, str]] = {(ext, lang): (pk, was) for ext, lang, pk, was in known}
        self.categories: dict[tuple[str, str], Category] = {}

    def take(self, item: Item | Refused) -> None:
        if isinstance(item, Refused):
            self.report.refused.append(item)
            return
        key = (item.external_id, item.language)
        if key in self.seen:
            reason = _("the id “%(id)s” stands already at %(where)s") % {
                "id": key[0],
                "where": self.seen[key],
            }
            self.report.refused.append(Refused(item.where, reason))
            return
        self.seen[key] = item.where
        self._store(item, *self.known.get(key, (None, "")))

    def _store(self, item: Item, pk: int | None, hash_before: str) -> None:
        if pk is None:
            self.report.new.append(self._write(item, Document(source=self.source)))
        elif hash_before == item.content_hash:
            self.report.unchanged += 1
        else:
            self._change(item, Document.objects.get(pk=pk))

    def _change(self, item: Item, document: Document) -> None:
        newest = document.revisions.first()
        edited = newest is not None and newest.author_id is not None
        if edited and self.keep_edits:
            self.report.kept.append(document)
            return
        if edited:
            self.report.overwritten.append(document)
        self.report.changed.append(self._write(item, document))

    def _write(self, item: Item, document: Document) -> Document:
        for name in ("external_id", "language", "title", "description", "body", "url", "audience", "path"):
            setattr(document, name, getattr(item, name))
        document.keywords, document.content_hash = item.keywords, item.content_hash
        document.category = self._category(item)
        document.status = Document.Status.DRAFT if item.draft else Document.Status.PUBLISHED
        publishing.save_document(document, author=self.author, index=False)
        return document

    def _category(self, item: Item) -> Category | None:
        if not item.category:
            return None
        key = (item.category, item.language)
        if key not in self.categories:
            self.categories[key], _made = Category.objects.get_or_create(name=key[0], language=key[1])
        return self.categories[key]

    def find_missing(self) -> None:
        """Documents of an earlier import that this one does not hold, in the languages it has."""
        languages = {language for _id, language in self.seen}
        gone = [
            pk
            for key, (pk, was) in self.known.items()
            if was and key not in self.seen and key[1] in languages
        ]
        self.report.missing = list(Document.objects.filter(pk__in=gone))
