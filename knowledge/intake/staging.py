"""Put what was read where staff can look at it, row by row, before any of it becomes knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max

from knowledge.intake.exchanges import exchanges_of
from knowledge.intake.items import Item
from knowledge.intake.refining import Manner, Refined, refine
from knowledge.loaders.base import Conversation, Found, Place, Record, Refused
from knowledge.models import Document, ImportItem, ImportRun
from knowledge.refusals import is_left_out

PAGE = 100
# What ImportItem keeps in `fields`: all of an item that has no column of its own.
REST = ("description", "category", "keywords", "questions", "url", "audience", "draft", "path")
State, Decision = ImportItem.State, ImportItem.Decision


class Stage:
    """Rows of a run on their way into the database, and how far the reading behind them is."""

    def __init__(self, run: ImportRun, manner: Manner) -> None:
        self.run, self.manner = run, manner
        self.number = next_number(run)
        self._rows: list[ImportItem] = []

    def take(self, found: Found) -> None:
        if isinstance(found, Conversation):
            self._rows += [self._numbered(row) for row in exchanges_of(found, self.manner)]
            return
        refined = refine(found, self.manner) if isinstance(found, Record) else found
        row = refused_row(refined) if isinstance(refined, Refused) else item_row(refined)
        self._rows.append(self._numbered(row))

    def _numbered(self, row: ImportItem) -> ImportItem:
        row.run, row.number = self.run, self.number
        self.number += 1
        return row

    def is_full(self) -> bool:
        return len(self._rows) >= PAGE

    @transaction.atomic
    def flush(self, **reached: Any) -> None:
        """Store the rows and, in the same transaction, how far reading is."""
        ImportItem.objects.bulk_create(self._rows)
        self._rows = []
        for name, value in reached.items():
            setattr(self.run, name, value)
        if reached:
            self.run.save(update_fields=list(reached))


def next_number(run: ImportRun) -> int:
    last = run.items.aggregate(last=Max("number"))["last"]
    return 0 if last is None else int(last) + 1


def add_rows(run: ImportRun, rows: Sequence[ImportItem]) -> None:
    """Rows that come after all others."""
    for at, row in enumerate(rows, next_number(run)):
        row.run, row.number = run, at
    ImportItem.objects.bulk_create(rows)


def row_about(document: Document, state: str) -> ImportItem:
    """What the import has to say about an article that it does not bring."""
    return ImportItem(
        state=state,
        decision=Decision.WAITING if state == State.GONE else Decision.NONE,
        document=document,
        external_id=document.external_id,
        language=document.language,
        title=document.title,
        place={"file": document.path},
    )


def item_row(refined: Refined) -> ImportItem:
    row = ImportItem(state=State.READ)
    fill(row, refined)
    return row


def fill(row: ImportItem, refined: Refined) -> None:
    """What a row keeps of an item."""
    item, before = refined.item, refined.before
    row.place, row.external_id, row.language = asdict(item.place), item.external_id, item.language
    row.title, row.body = item.title, item.body
    row.before = before.body if before.body != item.body else ""
    row.title_before = before.title if before.title != item.title else ""
    row.fields = {name: getattr(item, name) for name in REST}
    row.content_hash = item.content_hash
    row.changes = refined.changes
    row.findings = [asdict(finding) for finding in refined.findings]


def refused_row(refused: Refused) -> ImportItem:
    return ImportItem(
        state=State.LEFT if is_left_out(refused.code) else State.REFUSED,
        decision=Decision.NONE,
        place=asdict(refused.place),
        title=refused.place.name[:300],
        code=refused.code,
        details=refused.details,
    )


def item_of(row: ImportItem) -> Item:
    """The item that a row holds, as it is now."""
    return Item(
        place=Place(**row.place),
        external_id=row.external_id,
        language=row.language,
        title=row.title,
        body=row.body,
        **{name: row.fields[name] for name in REST if name in row.fields},
    )
