"""Measure, when a source is indexed, how well questions that have nothing to do with it score in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from pgvector import HalfVector

from knowledge.matching import best_scores
from knowledge.models import Calibration, Document, EmbeddingSpace, Source
from knowledge.query import Query
from knowledge.terms import STOCK
from llm.embedding import embed_query, embedding_identity

LANGUAGES = ("en", "fr")
OWN_TITLES = 30


@cache
def stock_questions(language: str) -> list[str]:
    """Questions about the world that no company's support answers, the same ones in each language."""
    return (STOCK / f"off_topic_{language}.txt").read_text().splitlines()


def calibrate(source_id: int) -> None:
    """Store the best scores of the stock questions in a source, for each of their languages.

    Embeds 60 questions a language the first time (about 3 s each with the embedded model) and some of the
    source's titles. Raises ModelError when they cannot be embedded.
    """
    space = EmbeddingSpace.objects.filter(live=True, identity=embedding_identity()).first()
    if space is None or not Source.objects.filter(pk=source_id).exists():
        return
    for language in LANGUAGES:
        _calibrate_language(source_id, space, language)


def _calibrate_language(source_id: int, space: EmbeddingSpace, language: str) -> None:
    questions = stock_questions(language)
    vectors = [embed_query(question) for question in questions]
    centre: list[float] = np.mean(vectors, axis=0).tolist()
    best = best_scores(_queries(questions, source_id, language), vectors, space, centre)
    Calibration.objects.update_or_create(
        source_id=source_id,
        space=space,
        language=language,
        defaults={
            "scores": [fused for fused, _ in best],
            "word_scores": [words for _, words in best],
            "centre": HalfVector(centre),
            "own_score": _own_score(source_id, space, centre, language),
        },
    )


def _own_score(source_id: int, space: EmbeddingSpace, centre: Sequence[float], language: str) -> float | None:
    """What the titles of the source's articles in this language usually reach when they are asked."""
    titles = own_titles(source_id, language)
    if not titles:
        return None
    vectors = [embed_query(title) for title in titles]
    best = best_scores(_queries(titles, source_id, language), vectors, space, centre)
    return float(np.median([fused for fused, _ in best]))


def own_titles(source_id: int, language: str) -> list[str]:
    """Some titles, spread evenly over the source, the same ones each time."""
    published = Document.objects.published().filter(source=source_id, language=language)
    titles = list(published.order_by("pk").values_list("title", flat=True))
    step = max(1, len(titles) / OWN_TITLES)
    return [titles[int(at * step)] for at in range(min(len(titles), OWN_TITLES))]


def _queries(texts: Sequence[str], source_id: int, language: str) -> list[Query]:
    sources = frozenset({source_id})
    return [Query(text, language=language, sources=sources, audience="staff") for text in texts]
