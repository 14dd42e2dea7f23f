"""Find the passages that answer a question: words and meaning fused in one SQL statement.

`search` does everything. Where a reply must not wait inside a thread, embed `question_texts(query)` with the
`asking_model()` and call `find` with the vectors. When meaning is missing, the result says why (`degraded`)
and words alone decide, with a floor of their own.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.floors import Floor, floor_for
from knowledge.matching import WORDS_SHARE, Passage, match
from knowledge.models import EmbeddingSpace
from knowledge.query import Query, question_texts
from knowledge.restating import restate
from knowledge.spaces import asking_model, live_space
from knowledge.spelling import corrected
from llm.embedding import embed_query, embedding_identity
from llm.errors import ModelError

__all__ = ["Passage", "Query", "Results", "asking_model", "find", "question_texts", "search"]

Degraded = Literal["embedding_unavailable", "no_vectors", "other_model", "not_measured"]


@dataclass(frozen=True)
class Results:
    """Passages, best first. A best score below `floor` is what questions about anything else reach too.

    The first passage need not have the best score: the questions of its article move it, and judge nothing.
    `also` are passages that stand further down, and score as high as those. `lift`: how far the bar for
    answering is moved here.
    """

    passages: list[Passage]
    floor: float
    spread: float = 1.0  # how far such questions' scores lie apart: the unit for "well above the floor"
    degraded: Degraded | None = None
    timings: dict[str, float] = field(default_factory=dict)  # milliseconds by step
    weights: Mapping[int, float] = field(default_factory=dict)  # what each term of the question is worth
    own: float | None = None  # what titles of the sources' own articles usually reach
    read_as: str = ""  # the question in the words that were meant, where slips were mended
    also: Sequence[Passage] = ()
    lift: float = 0.0

    @property
    def best(self) -> Passage | None:
        return self.passages[0] if self.passages else None

    @property
    def by_score(self) -> list[Passage]:
        """What judges whether anything answers: the best scores first."""
        return sorted([*self.passages, *self.also], key=lambda passage: -passage.score)

    @property
    def best_score(self) -> float:
        return max((passage.score for passage in [*self.passages, *self.also]), default=-math.inf)

    @property
    def above_floor(self) -> bool:
        return self.best_score >= self.floor

    @property
    def clearance(self) -> float:
        """How far the best score is above the floor."""
        return self.best_score - self.floor


def search(query: Query, limit: int = 10) -> Results:
    """The best passages for a question, its slips mended where more is found then.

    Embeds it, in up to some hundred milliseconds when it is new.
    """
    results = _search(query, limit)
    words = corrected(query.text, query.language or "en", query.sources)
    if words == query.text:
        return results
    mended = _search(replace(query, text=words), limit)
    return replace(mended, read_as=words) if mended.clearance > results.clearance else results


def _search(query: Query, limit: int = 10) -> Results:
    query = restate(query)
    started = time.perf_counter()
    vectors, made_by = embed_question(query)
    timings = {"embedding": (time.perf_counter() - started) * 1000}
    found = find(query, vectors, limit, made_by=made_by)
    return replace(found, timings=timings | found.timings)


def embed_question(query: Query) -> tuple[list[list[float]] | None, str]:
    """A vector for each of `question_texts(query)`, None when that is not possible now; and who made them."""
    try:
        model = asking_model()
        return [embed_query(text, model) for text in question_texts(query)], model.identity
    except ModelError:
        return None, ""


def find(
    query: Query, vectors: Sequence[Sequence[float]] | None, limit: int = 10, *, made_by: str = ""
) -> Results:
    """The same with vectors made elsewhere: one for each of `question_texts(query)`, None without any.

    `made_by` is the identity of the model that made them, when it is not the configured one.
    """
    started = time.perf_counter()
    space, floor, degraded = measure_with(query, vectors, made_by)
    share = space.words_share if space else WORDS_SHARE
    asked = vectors if space else None
    passages, weights = match(query, asked, space, floor.centre, limit, words_share=share)
    timings = {"database": (time.perf_counter() - started) * 1000}
    placed = floor.hold_back(passages)
    return Results(
        placed[:limit],
        floor.value,
        floor.spread,
        degraded,
        timings,
        weights,
        floor.own,
        also=placed[limit:],
        lift=space.lift if space else 0.0,
    )


def measure_with(
    query: Query, vectors: Sequence[Sequence[float]] | None, made_by: str = ""
) -> tuple[EmbeddingSpace | None, Floor, Degraded | None]:
    """The vectors to search and the floor; without a floor for them, words alone have to do."""
    space, degraded = _usable_space(vectors is not None, made_by or embedding_identity())
    floor = floor_for(query.sources, query.language, space)
    return (None, floor, "not_measured") if space and not floor.measured else (space, floor, degraded)


def _usable_space(embedded: bool, made_by: str) -> tuple[EmbeddingSpace | None, Degraded | None]:
    """The live vectors, unless the question has none or they come from another model."""
    space = live_space()
    if not embedded:
        former = space is not None and space.identity != embedding_identity()
        return None, "other_model" if former else "embedding_unavailable"
    if space is None or not space.vectors.exists():
        return None, "no_vectors"
    return (space, None) if space.identity == made_by else (None, "other_model")
