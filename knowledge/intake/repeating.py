"""Take out of an import's pages what stands on most of them: menus, notices, footers that no list knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from knowledge.cleaning.boilerplate import repeated_blocks
from knowledge.intake.refining import Manner, refine_item
from knowledge.intake.staging import fill, item_of
from knowledge.loaders.base import Refused
from knowledge.models import ImportItem, ImportRun, Source

STEP = "boilerplate"
PAGE = 100
MOST_BLOCKS = 500
HTML = r"\.x?html?(/|$)"


def take_out(run: ImportRun, manner: Manner, goes_on: Callable[[], bool]) -> bool:
    """Clean the pages of a site again, now that all are known. False when the time is over before that."""
    if STEP not in manner.rules.steps:
        return True
    pages = run.items.filter(state=ImportItem.State.READ)
    if run.origin != ImportRun.Origin.WEB:
        pages = pages.filter(place__file__iregex=HTML)
    found = repeated_blocks(body for (body,) in pages.values_list("body").iterator())
    if not found or found <= manner.rules.repeated:
        return True
    every = frozenset(sorted(found | manner.rules.repeated)[:MOST_BLOCKS])
    Source.objects.filter(pk=run.source_id).update(repeated=sorted(every))
    return _clean_again(list(pages.values_list("pk", flat=True)), _with(manner, every), goes_on)


def _with(manner: Manner, repeated: frozenset[str]) -> Manner:
    return replace(manner, rules=replace(manner.rules, repeated=repeated))


def _clean_again(pks: list[int], manner: Manner, goes_on: Callable[[], bool]) -> bool:
    for at in range(0, len(pks), PAGE):
        with transaction.atomic():
            for row in ImportItem.objects.filter(pk__in=pks[at : at + PAGE]):
                clean_row(row, manner)
        if not goes_on():
            return False
    return True


def clean_row(row: ImportItem, manner: Manner) -> None:
    """Clean a row anew from what was read; what has nothing else to say stays as it is."""
    item = item_of(row)
    read = replace(item, body=row.before or item.body, title=row.title_before or item.title)
    refined = refine_item(read, manner)
    if not isinstance(refined, Refused):
        fill(row, refined)
        row.save()
