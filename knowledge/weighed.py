"""What a question finds where words are worth more or less: candidates once, weighed as often as wanted.

Candidates do not depend on the weights, so what comes of each weighing is what `knowledge.search.find` would
find with it, passage for passage: tests/training/search/test_weighing.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from knowledge.floors import Floor
from knowledge.matching import COMPARED, POOL, Passage, match
from knowledge.models import EmbeddingSpace
from knowledge.query import Query
from knowledge.search import Results

EVERYTHING = 10_000  # candidates: more than there can be


def find_at(
    query: Query, vectors: Sequence[Sequence[float]], space: EmbeddingSpace, floors: Mapping[float, Floor],
    limit: int,
) -> Iterator[Results]:  # fmt: skip
    """For each share of words among `floors`, which have been measured for it."""
    centre = next(iter(floors.values())).centre
    passages, weights = match(query, vectors, space, centre, EVERYTHING, words_share=0.0, pool=POOL)
    meant = np.array([passage.score for passage in passages])
    words = np.array([0.0 if passage.dense is None else passage.words for passage in passages])
    gain = np.array([passage.gain for passage in passages])
    numbers = np.array([passage.chunk_id for passage in passages])
    for share, floor in floors.items():
        scores = meant + share * words
        chosen = _chosen(scores, gain, numbers, limit)
        found = [_scored(passages[at], float(scores[at])) for at in chosen]
        placed = floor.hold_back(found)
        yield Results(
            placed[:limit], floor.value, floor.spread, weights=weights, own=floor.own, also=placed[limit:]
        )


def _chosen(scores: np.ndarray, gain: np.ndarray, numbers: np.ndarray, limit: int) -> list[int]:
    """The places of the best, and of those that score as high, but stand further down: as the statement
    does."""
    if not len(scores):
        return []
    places: list[int] = np.lexsort((numbers, -(scores + gain))).tolist()
    near = set(np.lexsort((numbers, -scores))[:COMPARED].tolist())
    return [at for place, at in enumerate(places) if place < limit or at in near]


def _scored(passage: Passage, score: float) -> Passage:
    return replace(passage, score=score)
