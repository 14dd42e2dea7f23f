"""After everything of an import is read: what is new, changed, doubled or gone.

Goes on where it was interrupted: a row that was judged is no longer `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction

from knowledge.intake import grouping, repeating, staging, visits
from knowledge.intake.comparing import Comparison, Verdict, edited_here
from knowledge.intake.likeness import Likeness
from knowledge.intake.refining import Manner
from knowledge.intake.staging import item_of
from knowledge.loaders.base import Place, Refused
from knowledge.models import Document, ImportItem, ImportRun

PAGE = 100
State, Decision = ImportItem.State, ImportItem.Decision
JUDGED = [
    *("state", "decision", "document", "edited_here", "duplicate_of", "duplicate_of_item", "likeness"),
    *("code", "details", "body", "before", "findings"),
]

GoesOn = Callable[[], bool]


def settle(run: ImportRun, manner: Manner, goes_on: GoesOn) -> bool:
    """Judge every row that was read; False when the time of this run is over before that."""
    if not grouping.group_exchanges(run, goes_on) or not repeating.take_out(run, manner, goes_on):
        return False
    judge = _Judge(run)
    for page in _pages(run):
        with transaction.atomic():
            ImportItem.objects.bulk_update([judge.settle(row) for row in page], JUDGED)
        if not goes_on():
            return False
    if run.origin == ImportRun.Origin.WEB:
        visits.add_pages(run)
    else:
        _add_gone(run, judge.comparison)
    return True


def _pages(run: ImportRun) -> Iterator[list[ImportItem]]:
    while page := list(run.items.filter(state=State.READ).order_by("number")[:PAGE]):
        yield page


class _Judge:
    """Compares rows with what the source has, and with every other text there is."""

    def __init__(self, run: ImportRun) -> None:
        self.comparison = Comparison(run.source)
        self.likeness = Likeness(run)
        for row in run.items.exclude(external_id="").exclude(state=State.READ).iterator():
            self.comparison.has_seen(row.external_id, row.language, Place(**row.place))
            self.likeness.add(row)

    def settle(self, row: ImportItem) -> ImportItem:
        verdict = self.comparison.judge(item_of(row))
        if isinstance(verdict, Refused):
            return _refuse(row, verdict)
        row.state, row.document_id = State(verdict.state), verdict.document
        if verdict.state == "unchanged":
            row.decision, row.body, row.before, row.findings = Decision.NONE, "", "", []
            return row
        self._look_around(row, verdict)
        return row

    def _look_around(self, row: ImportItem, verdict: Verdict) -> None:
        if verdict.document is not None:
            row.edited_here = edited_here(Document.objects.get(pk=verdict.document))
        elif (same := self.likeness.nearest(row)) is not None:
            row.state, row.likeness = State.DUPLICATE, same.likeness
            row.duplicate_of_id, row.duplicate_of_item_id = same.document, same.item
        self.likeness.add(row)


def _refuse(row: ImportItem, refused: Refused) -> ImportItem:
    row.state, row.decision = State.REFUSED, Decision.NONE
    row.code, row.details = refused.code, refused.details
    return row


@transaction.atomic
def _add_gone(run: ImportRun, comparison: Comparison) -> None:
    """A row for each article that the import no longer holds; none while anything was refused.

    What could not be read may be what seems to be gone. What customers asked once is never gone: the next
    conversations only ask other things.
    """
    if run.items.filter(state=State.REFUSED).exists():
        return
    gone = Document.objects.filter(pk__in=comparison.gone()).exclude(external_id__startswith=grouping.ASKED)
    gone = gone.order_by("title")
    staging.add_rows(run, [staging.row_about(document, State.GONE) for document in gone])
