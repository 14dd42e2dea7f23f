"""Measure, when a source is indexed, how well questions that have nothing to do with it score in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from pgvector import HalfVector

from knowledge.matching import Best, best_scores
from knowledge.models import Calibration, ChunkVector, Document, EmbeddingSpace, Source
from knowledge.query import Query
from knowledge.terms import STOCK
from llm.embedding import embed_query

LANGUAGES = ("en", "fr")
OWN_TITLES = 30
T = TypeVar("T")


@cache
def stock_questions(language: str) -> list[str]:
    """Questions about the world that no company's support answers, the same ones in each language."""
    return (STOCK / f"off_topic_{language}.txt").read_text().splitlines()


def calibrate(source_id: int, space: EmbeddingSpace, *, beat: Callable[[], object] = lambda: None) -> None:
    """Store the best scores of the stock questions in a source, for each of their languages.

    Embeds 60 questions a language the first time (about 3 s each with the embedded model) and some of the
    source's titles; calls `beat` after each step. Raises ModelError when they cannot be embedded.
    """
    if not ChunkVector.objects.filter(space=space, source=source_id).exists():
        Calibration.objects.filter(space=space, source=source_id).delete()
        return
    for language in LANGUAGES:
        _Measuring(source_id, space, language, beat).store()


def unmeasured(space: EmbeddingSpace) -> QuerySet[Source]:
    """Sources with vectors but without a floor in this space."""
    measured = Calibration.objects.filter(space=space, language=LANGUAGES[-1])  # the last that is measured
    with_vectors = Exists(ChunkVector.objects.filter(space=space, source=OuterRef("pk")))
    return Source.objects.filter(with_vectors, passages__gt=0).exclude(calibrations__in=measured)


@dataclass(frozen=True)
class _Measuring:
    source_id: int
    space: EmbeddingSpace
    language: str
    beat: Callable[[], object]

    def store(self) -> None:
        questions = stock_questions(self.language)
        vectors = self._embed(questions)
        centre: list[float] = np.mean(vectors, axis=0).tolist()
        best = self._best(questions, vectors, centre)
        own = self._best_of_titles(centre)
        Calibration.objects.update_or_create(
            source_id=self.source_id,
            space=self.space,
            language=self.language,
            defaults={
                "scores": [one.score for one in best],
                "word_scores": [one.words for one in best],
                "centre": HalfVector(centre),
                "own_score": float(np.median([one.score for one in own])) if own else None,
                "fronts": {"stock": [one.front for one in best], "own": [one.front for one in own]},
            },
        )

    def _best_of_titles(self, centre: Sequence[float]) -> list[Best]:
        """What the titles of the source's articles in this language reach when they are asked."""
        titles = own_titles(self.source_id, self.language)
        return self._best(titles, self._embed(titles), centre) if titles else []

    def _embed(self, texts: Sequence[str]) -> list[list[float]]:
        return list(self._beating(embed_query(text) for text in texts))

    def _best(
        self, texts: Sequence[str], vectors: Sequence[Sequence[float]], centre: Sequence[float]
    ) -> list[Best]:
        sources = frozenset({self.source_id})
        queries = [Query(text, language=self.language, sources=sources, audience="staff") for text in texts]
        return list(self._beating(best_scores(queries, vectors, self.space, centre)))

    def _beating(self, steps: Iterable[T]) -> Iterator[T]:
        for step in steps:
            yield step
            self.beat()


def own_titles(source_id: int, language: str) -> list[str]:
    """Some titles, spread evenly over the source, the same ones each time."""
    published = Document.objects.published().filter(source=source_id, language=language)
    titles = list(published.order_by("pk").values_list("title", flat=True))
    step = max(1, len(titles) / OWN_TITLES)
    return [titles[int(at * step)] for at in range(min(len(titles), OWN_TITLES))]
