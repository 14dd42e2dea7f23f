"""The product's search as arithmetic over arrays: the same scores, without a database.

It exists to try ideas in seconds. What it leaves out: candidates (all passages are scored), audiences and
translations that stand in for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from benchmarks.offline_bases import Base
from benchmarks.offline_vectors import embed
from knowledge.calibration import OWN_TITLES, stock_questions
from knowledge.floors import Floor, floor_of
from knowledge.matching import COMPARED, QUESTIONS_SHARE, WORDS_SHARE, Passage
from knowledge.query import CENTRING, Query, Words, count_question, question_texts, shares_of
from knowledge.search import Results
from knowledge.shipped import VECTORS
from knowledge.synonyms import Thesaurus, stock_groups
from knowledge.terms import passage_weights, term_id
from knowledge.vectors import PASSAGE_SHARE, TITLE_SHARE


@dataclass(frozen=True)
class Sides:
    """Both scores of every passage for one question, what its article's questions add to its place, and what
    the question's terms are worth."""

    meaning: np.ndarray
    words: np.ndarray
    weights: dict[int, float]
    gain: np.ndarray


class Index:
    """One help centre; `without` leaves articles out, as if they had never been written.

    `questions` are those that articles answer, by their ids.
    """

    def __init__(self, base: Base, questions: Mapping[str, Sequence[str]] | None = None) -> None:
        self.base = base
        self._ask(questions or {})
        self.passages = [
            (number, passage) for number, one in enumerate(base.articles) for passage in one.passages
        ]
        self.document = np.array([number for number, _ in self.passages])
        self.vectors = self._shipped() if base.name.startswith("sample") else self._embedded()
        self._count()
        self._heights: dict[str, Floor] = {}

    def _ask(self, questions: Mapping[str, Sequence[str]]) -> None:
        asked = [
            (number, text)
            for number, article in enumerate(self.base.articles)
            for text in dict.fromkeys(questions.get(article.id, ()))
        ]
        self.asked_of = np.array([number for number, _ in asked], dtype=int)
        self.asked = embed([text for _, text in asked], "passage") if asked else None

    def _embedded(self) -> np.ndarray:
        passages = embed([text for article in self.base.articles for text in article.embedded], "passage")
        titles = embed([article.titled for article in self.base.articles], "passage")[self.document]
        mixed: np.ndarray = PASSAGE_SHARE * passages + TITLE_SHARE * titles
        return mixed

    def _shipped(self) -> np.ndarray:
        """The sample company's vectors come with it."""
        with np.load(VECTORS, allow_pickle=False) as stored:
            known = dict(zip(stored["hashes"].tolist(), stored["vectors"], strict=True))
        return np.array([known[passage.content_hash] for _, passage in self.passages], dtype=np.float32)

    def _count(self) -> None:
        length = np.mean([passage.words for _, passage in self.passages])
        postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for row, (_, passage) in enumerate(self.passages):
            for term, weight in passage_weights(passage.counts, float(length)).items():
                postings[term].append((row, weight))
        self.frequencies = {term: len(rows) for term, rows in postings.items()}
        self.postings = {
            term: (np.array([row for row, _ in rows]), np.array([weight for _, weight in rows]))
            for term, rows in postings.items()
        }

    def sides(self, query: Query, *, without: Collection[int] = ()) -> Sides:
        """Both scores; the articles left out score so low that they are never found."""
        counts = count_question(query)
        frequencies, passages = self.frequencies, len(self.passages)
        hidden = np.isin(self.document, list(without)) if without else None
        if hidden is not None:
            frequencies = self._frequencies_without(counts, hidden)
            passages -= int(hidden.sum())
        weights = Words.of(counts, frequencies, passages).weights
        words = np.zeros(len(self.passages))
        for term, weight in weights.items():
            rows, values = self.postings.get(term, ((), ()))
            if len(rows):
                words[rows] += weight * values
        vector = question_vector(query)
        meaning = self.vectors @ vector
        gain = self._gain(meaning, vector)
        if hidden is not None:
            meaning, words = np.where(hidden, -9, meaning), np.where(hidden, 0, words)
        return Sides(meaning, words, weights, gain)

    def _gain(self, meaning: np.ndarray, vector: np.ndarray) -> np.ndarray:
        if self.asked is None:
            return np.zeros(len(meaning))
        likeness = np.full(len(self.base.articles), -np.inf)
        np.maximum.at(likeness, self.asked_of, self.asked @ vector)
        of_passages = likeness[self.document]
        gain: np.ndarray = np.where(np.isfinite(of_passages), QUESTIONS_SHARE * (of_passages - meaning), 0.0)
        return gain

    def restate(self, query: Query) -> Query:
        """As `knowledge.restating.restate`, by the synonyms that come with the product."""
        restated = stock().restate(
            query.text,
            query.language or "en",
            passages_with=lambda _terms: self.frequencies,
            written_in=lambda language: language == self.base.language,
        )
        return replace(query, restated=restated)

    def _frequencies_without(self, counts: Collection[str], hidden: np.ndarray) -> dict[int, int]:
        known = {term: self.postings[term][0] for term in map(term_id, counts) if term in self.postings}
        left = {term: int((~hidden[rows]).sum()) for term, rows in known.items()}
        return {term: number for term, number in left.items() if number}

    def search(self, query: Query, *, limit: int = 50, without: Collection[int] = ()) -> Results:
        query = self.restate(query)
        sides = self.sides(query, without=without)
        score = sides.meaning + WORDS_SHARE * sides.words
        first = np.argsort(-(score + sides.gain), kind="stable")[:limit].tolist()
        high = [row for row in np.argsort(-score, kind="stable")[:COMPARED].tolist() if row not in first]
        passages, also = (
            [self._passage(row, sides, float(score[row])) for row in rows if score[row] > -1]
            for rows in (first, high)
        )
        height = self.height(query.language or "en")
        return Results(
            passages, height.value, height.spread, weights=sides.weights, own=height.own, also=also
        )

    def _passage(self, row: int, sides: Sides, score: float) -> Passage:
        number, passage = self.passages[row]
        article, piece = self.base.articles[number], passage.piece
        return Passage(
            chunk_id=row,
            document_id=number,
            revision_id=number,
            source_id=1,
            external_id=article.id,
            language=article.language,
            original_url="",
            title=article.title,
            heading_path=list(piece.heading_path),
            anchor=piece.anchor,
            text=piece.text,
            score=score,
            dense=float(sides.meaning[row]),
            words=float(sides.words[row]),
            gain=float(sides.gain[row]),
        )

    def height(self, language: str) -> Floor:
        """What the product measures when it indexes: knowledge/calibration.py."""
        if language not in self._heights:
            stock = self._best(stock_questions(language), language)
            titles = [one.title for one in self.base.articles if one.language == language]
            step = max(1, len(titles) / OWN_TITLES)
            asked = [titles[int(at * step)] for at in range(min(len(titles), OWN_TITLES))]
            own = float(np.median(self._best(asked, language))) if asked else None
            value, spread = floor_of([stock], own=own)
            self._heights[language] = Floor(value, spread, own=own)
        return self._heights[language]

    def _best(self, texts: Sequence[str], language: str) -> list[float]:
        embed(texts, "query")
        every = [self.sides(Query(text, language=language)) for text in texts]
        return [float((one.meaning + WORDS_SHARE * one.words).max()) for one in every]


def question_vector(query: Query) -> np.ndarray:
    """As `knowledge.query.meaning_of`."""
    shares = np.array([share for share, _text in shares_of(query)])
    return shares @ embed(question_texts(query), "query") - CENTRING * centre_of(query.language or "en")


@cache
def stock() -> Thesaurus:
    return Thesaurus(stock_groups())


_CENTRES: dict[str, np.ndarray] = {}


def centre_of(language: str) -> np.ndarray:
    language = language if language in ("en", "fr") else "en"
    if language not in _CENTRES:
        _CENTRES[language] = embed(stock_questions(language), "query").mean(axis=0)
    return _CENTRES[language]
