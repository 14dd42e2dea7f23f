"""Documents under a path of this machine, refined, for whoever imports them without anybody looking first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from knowledge.intake.items import Item
from knowledge.intake.reading import Progress, read_files
from knowledge.intake.refining import Manner, refine
from knowledge.intake.rules import rules_of
from knowledge.loaders.base import Conversation, Place, Record, Refusal, Refused


def usual_manner(language: str = "") -> Manner:
    """How documents of a source are taken that says nothing about it."""
    return Manner(rules_of({}), language)


def items_under(
    path: Path, manner: Manner, *, changes: Counter[str] | None = None
) -> Iterator[Item | Refused]:
    """The documents under a path, in order; `changes` counts what cleaning changed, by step.

    Raises Refusal when there is nothing to read at all.
    """
    if not path.exists():
        raise Refusal("does_not_exist", path=str(path))
    progress, conversations = Progress(), 0
    for found in read_files(path, progress=progress):
        if isinstance(found, Conversation):
            conversations += 1
        elif isinstance(found, Record):
            refined = refine(found, manner)
            if changes is not None and not isinstance(refined, Refused):
                changes.update(refined.changes)
            yield refined if isinstance(refined, Refused) else refined.item
        else:
            yield found
    if conversations:
        yield Refused(Place(path.name), "left_conversations", {"number": conversations})
    if progress.assets:
        yield Refused(Place(path.name), "assets_left", {"number": progress.assets})
    if not progress.units:
        raise Refusal("nothing_to_read", path=str(path))
