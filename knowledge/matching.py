"""Run the search statement: which passages match a question's words and meaning, and how well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from knowledge import near
from knowledge.addresses import page_address
from knowledge.fronts import Front, front_of
from knowledge.models import EmbeddingSpace, QuestionVector, Source
from knowledge.query import Query, Words, count_question, meaning_of
from knowledge.statements import (
    EXACTLY,
    FREQUENCIES,
    best_statement,
    nearest,
    nearest_asked,
    search_statement,
)
from knowledge.terms import term_id

WORDS_SHARE = 0.08  # the best possible word score is worth this much likeness of meaning
WORDS_ALONE = 0.16  # the same where a passage has no vector yet
# Of an article that has questions, the likeness to the best of them counts half as meaning where order is
# concerned. It never counts as a score: near-topic questions are near to questions, too.
QUESTIONS_SHARE = 0.5
POOL = 60  # candidates from each side
ASKED = 100  # questions that are the nearest, and
ARTICLES = 20  # of their articles those of which all passages are candidates
COMPARED = 8  # of the best scores that are returned for whoever judges
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
    gain: float = 0.0  # what its article's questions add to its place, which is no score
    question: str | None = None  # the nearest of these
    ordinal: int = 0  # its place in the article

    @property
    def rank(self) -> float:
        """What passages are ordered by."""
        return self.score + self.gain

    @property
    def by_question(self) -> str:
        """The question that moved it up, if one did."""
        return self.question if self.question and self.gain > 0 else ""

    @property
    def url(self) -> str:
        """The public page, opened at the passage's heading."""
        page = page_address(self.document_id, self.language, self.title)
        return f"{page}#{self.anchor}" if self.anchor else page


def match(
    query: Query,
    vectors: Sequence[Sequence[float]] | None,
    space: EmbeddingSpace | None,
    centre: Sequence[float] | None,
    limit: int,
    *,
    words_share: float = WORDS_SHARE,
    pool: int = 0,
) -> tuple[list[Passage], Mapping[int, float]]:
    """The best passages, whatever their score, and what each term of the question is worth. Without `vectors`
    (or a `space`) words alone decide. After `limit` passages may come those that score as high, but stand
    further down. `pool`: so many candidates from each side, whatever the limit."""
    words = weigh_words(query)
    parameters = _parameters(query, words, vectors, space, centre) | {
        "language": query.language or "",
        "words_share": words_share,
        "words_alone": WORDS_ALONE if vectors else 1.0,
        "questions_share": QUESTIONS_SHARE,
        "asked": ASKED,
        "articles": ARTICLES,
        "compared": COMPARED,
        "pool": pool or max(POOL, limit),
        "limit": limit,
    }
    asked = bool(vectors and space) and QuestionVector.objects.filter(space=space).exists()
    rows = _ranked(search_statement, parameters, space, asked=asked)
    return [Passage(*row) for row in rows], words.weights


@dataclass(frozen=True)
class Best:
    """Of a question: the best score at the usual share, the best of words alone, 0 without any; and what can
    be the best at another share."""

    score: float
    words: float
    front: Front


def best_scores(
    queries: Sequence[Query],
    vectors: Sequence[Sequence[float]],
    space: EmbeddingSpace,
    centre: Sequence[float],
) -> Iterator[Best]:
    """For queries on the same sources."""
    counts = [count_question(query) for query in queries]
    frequencies, passages = _frequencies([term for each in counts for term in each], queries[0].sources)
    for query, counted, vector in zip(queries, counts, vectors, strict=True):
        words = Words.of(counted, frequencies, passages)
        parameters = _parameters(query, words, [vector], space, centre)
        parameters |= {"words_share": WORDS_SHARE, "pool": POOL}
        [(score, by_words, *sides)] = _ranked(best_statement, parameters, space)
        yield Best(score, by_words, front_of(zip(*sides, strict=True)))


def weigh_words(query: Query) -> Words:
    counts = count_question(query)
    frequencies, passages = _frequencies(counts, query.sources)
    return Words.of(counts, frequencies, passages)


def _frequencies(terms: Iterable[str], sources: frozenset[int] | None) -> tuple[dict[int, int], int]:
    return passages_with({term_id(term) for term in terms}, sources)


def passages_with(terms: Iterable[int], sources: frozenset[int] | None) -> tuple[dict[int, int], int]:
    """In how many passages each term stands, and how many there are."""
    found = dict(_rows(FREQUENCIES, {"terms": sorted(terms), "sources": _listed(sources)}))
    passages = found.pop(0, 0)
    return found, passages


def _parameters(
    query: Query,
    words: Words,
    vectors: Sequence[Sequence[float]] | None,
    space: EmbeddingSpace | None,
    centre: Sequence[float] | None,
) -> dict[str, Any]:
    return {
        "rarest": words.rarest,
        "words": words.as_vector(),
        "meaning": meaning_of(query, vectors, centre) if vectors else None,
        "space": space.pk if space else None,
        "sources": _listed(query.sources),
        "hidden": AUDIENCES[AUDIENCES.index(query.audience) + 1 :],
    }


def _listed(sources: frozenset[int] | None) -> list[int] | None:
    return sorted(sources) if sources is not None else None


def _ranked(
    statement: Callable[..., str],
    parameters: dict[str, Any],
    space: EmbeddingSpace | None,
    *,
    asked: bool = False,
) -> list[tuple[Any, ...]]:
    """Run a search, with the indexes of those sources that are so large as to have one."""
    if not (space and parameters["meaning"]):
        return _rows(statement(EXACTLY), parameters | {"compared_in": parameters["sources"]})
    large = {
        kind: [one for one in sources if parameters["sources"] is None or one in parameters["sources"]]
        for kind, sources in near.indexed_sources(space).items()
    }
    passages, questions = large[near.PASSAGES], large[near.QUESTIONS] if asked else []
    sides = [nearest(space.pk, space.dimensions, passages)]
    if asked:
        sides.append(nearest_asked(space.pk, space.dimensions, questions))
    parameters = parameters | {
        "compared_in": _without(parameters["sources"], passages),
        "asked_in": _without(parameters["sources"], questions),
    }
    if not (passages or questions):
        return _rows(statement(*sides), parameters)
    with transaction.atomic():
        near.look_further()
        return _rows(statement(*sides), parameters)


def _without(sources: list[int] | None, left_out: Sequence[int]) -> list[int] | None:
    if not left_out:
        return sources
    every = sources if sources is not None else Source.objects.values_list("pk", flat=True)
    return sorted(set(every).difference(left_out))


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
