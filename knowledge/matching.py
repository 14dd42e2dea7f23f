"""Run the search statement: which passages match a question's words and meaning, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from knowledge.models import Document, EmbeddingSpace
from knowledge.query import Query, Words, count_question, meaning_of
from knowledge.statements import FREQUENCIES, SEARCH
from knowledge.terms import term_id

WORDS_SHARE = 0.08  # the best possible word score is worth this much likeness of meaning
WORDS_ALONE = 0.16  # the same where a passage has no vector yet
POOL = 60  # candidates from each side
AUDIENCES = ["everyone", "verified", "staff"]  # each sees what those before it see


@dataclass(frozen=True)
class Passage:
    """A passage that was found; `dense` is None while its vector has not arrived, `words` is 0 to 1."""

    chunk_id: int
    document_id: int
    revision_id: int
    source_id: int
    external_id: str
    language: str
    original_url: str
    title: str
    heading_path: list[str]
    anchor: str
    text: str
    score: float
    dense: float | None
    words: float

    @property
    def url(self) -> str:
        """The public page, opened at the passage's heading."""
        page = Document(pk=self.document_id, language=self.language, title=self.title).get_absolute_url()
        return f"{page}#{self.anchor}" if self.anchor else page


def match(
    query: Query,
    vectors: Sequence[Sequence[float]] | None,
    space: EmbeddingSpace | None,
    centre: Sequence[float] | None,
    limit: int,
    *,
    words_share: float = WORDS_SHARE,
) -> list[Passage]:
    """The best passages, whatever their score. Without `vectors` (or a `space`) words alone decide."""
    words = weigh_words(query)
    parameters = {
        "rarest": words.rarest,
        "words": words.as_vector(),
        "meaning": meaning_of(vectors, centre) if vectors else None,
        "space": space.pk if space else None,
        "sources": sorted(query.sources) if query.sources is not None else None,
        "hidden": AUDIENCES[AUDIENCES.index(query.audience) + 1 :],
        "language": query.language or "",
        "words_share": words_share,
        "words_alone": WORDS_ALONE if vectors else 1.0,
        "pool": max(POOL, limit),
        "limit": limit,
    }
    return [Passage(*row) for row in _rows(SEARCH, parameters)]


def weigh_words(query: Query) -> Words:
    counts = count_question(query)
    terms = [term_id(term) for term in counts]
    sources = sorted(query.sources) if query.sources is not None else None
    frequencies = dict(_rows(FREQUENCIES, {"terms": terms, "sources": sources}))
    passages = frequencies.pop(0, 0)
    return Words.of(counts, frequencies, passages)


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def best_score(
    query: Query,
    vectors: Sequence[Sequence[float]] | None,
    space: EmbeddingSpace | None,
    centre: Sequence[float] | None,
) -> float:
    """The score of the best passage, 0 when there is none."""
    return next((passage.score for passage in match(query, vectors, space, centre, limit=1)), 0.0)
