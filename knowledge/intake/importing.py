"""Bring documents in without anybody looking at them first: for the operator's command and the sample.

New ones are added, changed ones get a new revision, the rest is left. What is to be looked at first goes
another way: knowledge/intake/staging.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from knowledge import counting, jobs, publishing
from knowledge.intake.comparing import Comparison, Verdict, edited_here
from knowledge.intake.items import Item
from knowledge.intake.storing import store
from knowledge.loaders.base import Refused
from knowledge.models import Document, Job, Source
from knowledge.refusals import is_left_out

PAGE = 100


@dataclass
class Report:
    """What an import did. `overwritten` are the changed ones that staff had edited here.

    `missing` are those that the import no longer holds; `pruned` says that they were deleted. `left` could
    not become knowledge and was not meant to; `refused` should have.
    """

    new: list[Document] = field(default_factory=list)
    changed: list[Document] = field(default_factory=list)
    unchanged: int = 0
    kept: list[Document] = field(default_factory=list)
    overwritten: list[Document] = field(default_factory=list)
    missing: list[Document] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left: list[Refused] = field(default_factory=list)
    pruned: bool = False

    @property
    def read(self) -> int:
        return len(self.new) + len(self.changed) + self.unchanged + len(self.kept)


def source_named(name: str, *, location: str = "", language: str = "") -> Source:
    usual = {"kind": Source.Kind.IMPORTED, "location": location[:500], "language": language}
    return Source.objects.get_or_create(name=name[:120], defaults=usual)[0]


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
    report = run.report
    report.missing = list(Document.objects.filter(pk__in=run.comparison.gone()))
    if prune and not report.refused:
        publishing.delete_documents(report.missing)
        report.pruned = True
    if report.new or report.changed:
        with transaction.atomic():
            jobs.request(Job.Kind.SOURCE, source=source)
    return report


class _Import:
    """One import under way: what is here already, what was seen, what came of it."""

    def __init__(self, source: Source, *, author: User | None, keep_edits: bool) -> None:
        self.source, self.author, self.keep_edits = source, author, keep_edits
        self.report = Report()
        self.comparison = Comparison(source)

    def take(self, item: Item | Refused) -> None:
        verdict = self.comparison.judge(item) if isinstance(item, Item) else item
        if isinstance(verdict, Refused):
            report = self.report.left if is_left_out(verdict.code) else self.report.refused
            report.append(verdict)
        elif isinstance(item, Item):
            self._store(item, verdict)

    def _store(self, item: Item, verdict: Verdict) -> None:
        if verdict.state == "unchanged":
            self.report.unchanged += 1
        elif verdict.state == "new":
            self.report.new.append(self._write(item, Document(source=self.source)))
        else:
            self._change(item, self.source.documents.get(pk=verdict.document or 0))

    def _change(self, item: Item, document: Document) -> None:
        edited = edited_here(document)
        if edited and self.keep_edits:
            self.report.kept.append(document)
            return
        if edited:
            self.report.overwritten.append(document)
        self.report.changed.append(self._write(item, document))

    def _write(self, item: Item, document: Document) -> Document:
        return store(item, document, author=self.author)


def _pages(items: Iterable[Item | Refused]) -> Iterator[list[Item | Refused]]:
    page: list[Item | Refused] = []
    for item in items:
        page.append(item)
        if len(page) == PAGE:
            yield page
            page = []
    yield page
