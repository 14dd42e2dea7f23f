"""Questions that ask the same, brought together. Pure.

By the meaning of the question where there are vectors, its words, and the words of the answer: "Where is my
order?" and "How do I cancel my order?" are near for every model, and are not answered alike. Average
linkage, so that one odd question does not chain two topics.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.cleaning.conversations import Candidate
from knowledge.cleaning.linkage import average_linkage
from knowledge.terms import content_words, stem_words

Vectors = NDArray[np.float32]

# How far the question's meaning, its words and the answer's words count, and what two candidates need of all:
# measured on questions of customers (docs/decisions/0008-cleaning.md). Without vectors, words alone.
MEANING, ASKED, ANSWERED, ALIKE = 0.5, 0.2, 0.3, 0.25
ASKED_ALONE, ANSWERED_ALONE, ALIKE_ALONE = 0.4, 0.6, 0.3
# Unrelated texts have a high cosine with some models. From so many questions on, what all have in common is
# measured and taken off; of fewer, this is supposed to be it.
MEASURABLE, SUPPOSED = 50, 0.85
WORD_SPACE = 256  # numbers that stand for all stems
COMPARED = 60  # answers of a group that are compared with each other
GOOD_LENGTH = range(4, 26)  # words of a question


@dataclass(frozen=True)
class Group:
    """Candidates that ask the same: the question and answer that stand for them, and the other questions."""

    question: str
    answer: str
    questions: tuple[str, ...]
    count: int
    members: tuple[Candidate, ...]


def group(candidates: Sequence[Candidate], vectors: Vectors | None = None) -> list[Group]:
    """The largest first. `vectors` are those of the questions, of length 1; each language is by itself."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for at, candidate in enumerate(candidates):
        by_language[candidate.language].append(at)
    groups = []
    for language, places in by_language.items():
        mine = [candidates[at] for at in places]
        points, alike = _points(mine, None if vectors is None else vectors[places], language)
        groups += [_group(mine, members, points) for members in average_linkage(points, alike)]
    return sorted(groups, key=lambda made: -made.count)


def _points(mine: Sequence[Candidate], vectors: Vectors | None, language: str) -> tuple[Vectors, float]:
    """One row for each candidate, and the inner product from which two of them are alike."""
    asked, _ = _word_vectors([candidate.question for candidate in mine], language)
    answered, telling = _word_vectors([candidate.answer for candidate in mine], language)
    answered = answered * np.sqrt(telling)
    if vectors is None:
        return _together((asked, ASKED_ALONE), (answered, ANSWERED_ALONE)), ALIKE_ALONE
    if len(vectors) < MEASURABLE:
        spread, alike = vectors / math.sqrt(1 - SUPPOSED), ALIKE + MEANING * SUPPOSED / (1 - SUPPOSED)
    else:
        spread, alike = _unit(vectors - vectors.mean(axis=0)), ALIKE
    return _together((spread, MEANING), (asked, ASKED), (answered, ANSWERED)), alike


def _together(*parts: tuple[Vectors, float]) -> Vectors:
    """Side by side, so that an inner product is the weighted sum of theirs."""
    return np.hstack([part * math.sqrt(weight) for part, weight in parts]).astype(np.float32)


def _word_vectors(texts: Sequence[str], language: str) -> tuple[Vectors, Vectors]:
    """The stems of each text, the rarer the heavier, in a space of few dimensions; and how telling they are.

    From 0 to 1: what is answered to everything ("You find that in your account") tells nothing.
    """
    stems = [set(stem_words(content_words(text, language), language)) for text in texts]
    often = Counter(stem for found in stems for stem in found)
    rare = {stem: math.log(1 + len(texts) / count) for stem, count in often.items()}
    points = np.zeros((len(texts), WORD_SPACE), dtype=np.float32)
    for row, found in zip(points, stems, strict=True):
        for stem in found:
            row[zlib.crc32(stem.encode()) % WORD_SPACE] += rare[stem]
    most = math.log(1 + len(texts))
    telling = [sum(rare[stem] for stem in found) / max(len(found), 1) / most for found in stems]
    return _unit(points), np.array(telling, dtype=np.float32)[:, None]


def _unit(rows: Vectors) -> Vectors:
    lengths: Vectors = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return (rows / lengths).astype(np.float32)


def _group(mine: Sequence[Candidate], places: Sequence[int], points: Vectors) -> Group:
    members = [mine[at] for at in places]
    central = points[places] @ points[places].mean(axis=0)
    first = max(range(len(members)), key=lambda at: float(central[at]) - _awkward(members[at]))
    others = dict.fromkeys(member.question for member in members)
    others.pop(members[first].question)
    return Group(members[first].question, _best_answer(members), tuple(others), len(members), tuple(members))


def _awkward(candidate: Candidate) -> float:
    """What makes a question a poor title, against 0 to 1 for standing in the middle."""
    length_off = len(candidate.question.split()) not in GOOD_LENGTH
    return 0.3 * length_off + 0.2 * ("[" in candidate.question) + 0.1 * ("?" not in candidate.question)


def _best_answer(members: Sequence[Candidate]) -> str:
    """The answer that the others agree with most; content customers and general answers count for it."""
    members = sorted(members, key=lambda member: (member.specific, -member.worth))[:COMPARED]
    words = [frozenset(content_words(member.answer, member.language)) for member in members]

    def value(at: int) -> float:
        agree = sum(len(words[at] & other) / max(len(words[at] | other), 1) for other in words) / len(words)
        return agree + 0.1 * members[at].worth - 0.5 * members[at].specific

    return members[max(range(len(members)), key=value)].answer
