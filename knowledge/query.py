"""A question as search sees it: its words with their weights, and its meaning as one vector.

A follow-up ("and for children?") is read with the conversation before it: half its own words and meaning,
half those of everything the customer said. A question that was restated in the articles' words counts half as
it was written, half as it was restated. Both sides are linear, so it stays one search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from pgvector import HalfVector, SparseVector

from knowledge.terms import STOCK, TERM_SPACE, count_terms, fold, mix_counts, question_weights

HISTORY_SHARE = 0.5
RESTATED_SHARE = 0.5  # of the question itself
# How much of what all questions of a language have in common is taken out of a question's meaning. Some
# passages are near to every question; this keeps them from winning, above all across languages.
CENTRING = 0.7
MOST_CANDIDATES = 5000  # rows that the rarest words may bring before all words are weighed


@dataclass(frozen=True)
class Query:
    """What is looked for, and among what.

    `history` holds the customer's earlier turns, oldest first. `sources` are ids, None for all. `language`
    is the customer's; None when it does not matter. `audience` is the widest group the customer belongs to.
    `restated` is the question in the articles' words (knowledge/restating.py), "" where it has them already.
    """

    text: str
    history: tuple[str, ...] = ()
    language: str | None = None
    sources: frozenset[int] | None = None
    audience: str = "everyone"
    restated: str = ""


def question_texts(query: Query) -> list[str]:
    """What has to be embedded for this query: the question, and what else there is of `shares_of`."""
    return [text for _share, text in shares_of(query)]


def shares_of(query: Query) -> list[tuple[float, str]]:
    """The texts that make up a query, and for how much each counts: 1 together."""
    own = 1 - HISTORY_SHARE if query.history else 1.0
    asked = [(own, query.text)]
    if query.restated:
        asked = [(own * (1 - RESTATED_SHARE), query.text), (own * RESTATED_SHARE, query.restated)]
    return [*asked, (HISTORY_SHARE, conversation(query))] if query.history else asked


def conversation(query: Query) -> str:
    return " ".join([*query.history, query.text])


def count_question(query: Query) -> dict[str, float]:
    """The weighted terms of a question with its history."""
    language = query.language or "en"
    texts = shares_of(query)
    return mix_counts((share, count_terms(subject_of(text, language), language)) for share, text in texts)


def subject_of(question: str, language: str) -> str:
    """The question, folded, without "how long" and the like.

    They say what kind of answer is wanted, and not about what: "How long does the warranty last?" must not be
    the nearest title to "How long does delivery take?".
    """
    pattern = _how_much(language)
    return pattern.sub(" ", fold(question)) if pattern else question


@cache
def _how_much(language: str) -> re.Pattern[str] | None:
    path = STOCK / f"asks_how_much_{language}.txt"
    return re.compile(rf"\b(?:{'|'.join(path.read_text().splitlines())})\b") if path.exists() else None


@dataclass(frozen=True)
class Words:
    """The word side: weights of all terms, and the rarest ones, by which candidates are found."""

    weights: dict[int, float]
    rarest: list[int]

    @classmethod
    def of(cls, counts: Mapping[str, float], frequencies: Mapping[int, int], passages: int) -> Words:
        weights = question_weights(counts, frequencies, passages)
        return cls(weights, rarest_terms(weights, frequencies))

    def as_vector(self) -> str:
        from_zero = {term - 1: weight for term, weight in self.weights.items()}
        return str(SparseVector(from_zero, TERM_SPACE).to_text())


def rarest_terms(terms: Mapping[int, float], frequencies: Mapping[int, int]) -> list[int]:
    """The known terms, rarest first, until they bring enough candidates; at least one."""
    known = sorted((frequencies[term], term) for term in terms if frequencies.get(term))
    chosen: list[int] = []
    rows = 0
    for frequency, term in known:
        rows += frequency
        if chosen and rows > MOST_CANDIDATES:
            break
        chosen.append(term)
    return chosen


def meaning_of(query: Query, vectors: Sequence[Sequence[float]], centre: Sequence[float] | None) -> str:
    """The vector of a query from those of `question_texts`, with what every question shares taken out."""
    shares = np.array([share for share, _text in shares_of(query)])
    own = shares @ np.asarray(vectors, dtype=float)
    if centre is not None:
        own = own - CENTRING * np.asarray(centre, dtype=float)
    return str(HalfVector(own).to_text())
