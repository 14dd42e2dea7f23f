"""Which rows of an import say what an article says, or another row before them."""

from __future__ import annotations

from knowledge import fingerprints
from knowledge.cleaning.duplicates import ALIKE, DuplicateIndex, fingerprint, likeness, signature
from knowledge.fingerprints import Same, text_of
from knowledge.models import ImportItem, ImportRun


class Likeness:
    """The rows of a run that were judged, by what they say."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self._index = DuplicateIndex()

    def add(self, row: ImportItem) -> None:
        if row.body and row.state != ImportItem.State.DUPLICATE:
            text = text_of(row.title, row.body)
            self._index.add(row.pk, fingerprint(text), signature(text))

    def nearest(self, row: ImportItem) -> Same | None:
        """Another row before this one, or an article."""
        text = text_of(row.title, row.body)
        return self._among_rows(row, text) or fingerprints.nearest(text, row.language)

    def _among_rows(self, row: ImportItem, text: str) -> Same | None:
        keys = [self._index.equal(fingerprint(text)), *self._index.candidates(signature(text))]
        others = self.run.items.filter(pk__in=[key for key in keys if key], language=row.language)
        likest = [Same(likeness(text, text_of(other.title, other.body)), item=other.pk) for other in others]
        best = max(likest, key=lambda same: same.likeness, default=None)
        return best if best and best.likeness >= ALIKE else None
