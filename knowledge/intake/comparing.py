"""What an import brings beside what its source has: new, changed, unchanged, gone.

An import is compared with the import before it, so what staff edited here stays until the original changes
too; whether the original then wins is for somebody to decide.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from knowledge.intake.items import Item
from knowledge.loaders.base import Place, Refused
from knowledge.models import Document, Source

Key = tuple[str, str]  # external id, language


@dataclass(frozen=True)
class Verdict:
    """`document` is the key of the article that is there already."""

    state: Literal["new", "changed", "unchanged"]
    document: int | None = None


class Comparison:
    """What a source has, and what an import has shown so far."""

    def __init__(self, source: Source) -> None:
        known = source.documents.values_list("external_id", "language", "pk", "content_hash")
        self._known: dict[Key, tuple[int, str]] = {(ext, lang): (pk, was) for ext, lang, pk, was in known}
        self._seen: dict[Key, Place] = {}

    def judge(self, item: Item) -> Verdict | Refused:
        """Refused is what has the id of another item of this import."""
        key = (item.external_id, item.language)
        if (before := self._seen.get(key)) is not None:
            return Refused(item.place, "id_twice", {"id": key[0], "where": asdict(before)})
        self._seen[key] = item.place
        pk, hash_before = self._known.get(key, (None, ""))
        if pk is None:
            return Verdict("new")
        return Verdict("unchanged" if hash_before == item.content_hash else "changed", pk)

    def has_seen(self, external_id: str, language: str, place: Place) -> None:
        """An item that was judged before this import was interrupted."""
        self._seen[external_id, language] = place

    def gone(self) -> list[int]:
        """Articles of an earlier import that this one does not hold, in the languages it has."""
        languages = {language for _id, language in self._seen}
        return [
            pk
            for key, (pk, was) in self._known.items()
            if was and key not in self._seen and key[1] in languages
        ]


def edited_here(document: Document) -> bool:
    """Whether staff have changed it since the last import wrote it."""
    newest = document.revisions.first()
    return newest is not None and newest.author_id is not None and not newest.imported
