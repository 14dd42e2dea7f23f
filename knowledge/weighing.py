"""How search weighs words beside meaning, and how high the bar for answering is: as the product comes, or as
it was learned from saved questions. It belongs to the vectors of one embedding model. The only writer."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.matching import WORDS_SHARE
from knowledge.models import EmbeddingSpace


@dataclass(frozen=True, slots=True)
class Weighing:
    """`lift`: by how much a question has to be nearer than usual to be answered (less, where it is negative).
    In parts of the way from the floor to the own titles; in spreads, where that was not measured."""

    words_share: float = WORDS_SHARE
    lift: float = 0.0


USUAL = Weighing()


def weighing_of(space: EmbeddingSpace) -> Weighing:
    return Weighing(space.words_share, space.lift)


def weigh(space: EmbeddingSpace, weighing: Weighing) -> None:
    """The next search does so: each reads the row of its space."""
    EmbeddingSpace.objects.filter(pk=space.pk).update(words_share=weighing.words_share, lift=weighing.lift)
