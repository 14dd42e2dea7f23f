"""Questions into topics: which are near each other, and what a topic is called. Pure.

Coarser than gaps (evaluation/placing.py): a topic is what a conversation is about. Two things say so, half
each: what the question means, and which articles it found. Meaning alone puts "How long do I have to return a
lamp?" with "How long is the warranty?"; the articles also bring the languages together (decision 0032).
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from insights.first_questions import Question
from knowledge.cleaning.linkage import average_linkage
from knowledge.terms import content_words, fold, stem_words

Vectors = NDArray[np.float32]

# How like each other questions are, on average, from which they are one topic; and how like its middle one is
# that belongs to it.
TOGETHER, BELONGS = 0.28, 0.45
MEANING, FOUND = 0.5, 0.5
ARTICLE_SPACE = 256  # numbers that stand for all articles
FEWEST = 3  # conversations that make a topic
NAMED_BY = 3  # words
ELIDED = re.compile(r"\b\w+['’](?=\w)")
SAID_BY = 2  # questions that a word has to stand in, so that nobody's name becomes one


def point(question: Question, vector: Sequence[float], shared: Vectors | None) -> Vectors:
    """Where a question stands: its meaning, without what all of its language share, beside its articles."""
    meaning = own([vector], shared)[0]
    articles = np.zeros(ARTICLE_SPACE, dtype=np.float32)
    for place, article in enumerate(question.articles, 1):
        articles[zlib.crc32(article.encode()) % ARTICLE_SPACE] += 1 / place
    parts = [meaning * MEANING**0.5, own([articles.tolist()], None)[0] * FOUND**0.5]
    return np.concatenate(parts).astype(np.float32)


def own(vectors: Sequence[Sequence[float]], shared: Vectors | None) -> Vectors:
    """Of length 1, with what is shared taken off."""
    rows = np.asarray(vectors, dtype=np.float32)
    rows = rows if shared is None else rows - shared
    lengths: Vectors = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return np.asarray(rows / lengths, dtype=np.float32)


def nearest(vectors: Vectors, middles: Mapping[int, Sequence[float]]) -> list[int | None]:
    """The topic of each; None where none is near enough."""
    if not middles or not len(vectors):
        return [None] * len(vectors)
    keys = list(middles)
    likeness = vectors @ own([middles[key] for key in keys], None).T
    best = likeness.argmax(axis=1)
    return [keys[at] if likeness[row, at] >= BELONGS else None for row, at in enumerate(best.tolist())]


def groups(vectors: Vectors) -> list[list[int]]:
    """Places of questions that are one topic, the largest first; too few make none."""
    found = average_linkage(vectors, TOGETHER)
    return sorted((members for members in found if len(members) >= FEWEST), key=lambda one: (-len(one), one))


def middle(vectors: Vectors) -> list[float]:
    mean: list[float] = own([vectors.mean(axis=0)], None)[0].tolist()
    return mean


def name(mine: Sequence[Question], others: Sequence[Question]) -> str:
    """The words that are said here and seldom elsewhere, in the language of most: “switzerland · customs”."""
    spoken = Counter(question.language for question in mine)
    language = min(spoken, key=lambda one: (-spoken[one], one), default="en")
    here = _said([one for one in mine if one.language == language], language)
    there = _said([one for one in others if one.language == language], language)
    enough = {stem: seen for stem, seen in here.items() if seen.total() >= SAID_BY}
    worth = {
        stem: seen.total() / (1 + there.get(stem, Counter()).total()) ** 0.5 for stem, seen in enough.items()
    }
    best = sorted(worth, key=lambda stem: (-worth[stem], stem))[:NAMED_BY]
    said = " · ".join(min(enough[stem], key=lambda word: (-enough[stem][word], word)) for stem in best)
    return said[:1].upper() + said[1:]


def _said(questions: Sequence[Question], language: str) -> dict[str, Counter[str]]:
    """By stem: each word as it was written, in how many questions."""
    found: dict[str, Counter[str]] = {}
    for question in questions:
        text = _unbound(question.text, language)
        for word in set(content_words(text, language)):
            written = _as_written(word, text)
            for stem in stem_words([word], language):
                found.setdefault(stem, Counter())[written] += 1
    return found


def _unbound(text: str, language: str) -> str:
    """Without the words that French binds to the next: "quelqu’un" is about no "quelqu"."""
    return ELIDED.sub("", text) if language == "fr" else text


def _as_written(word: str, text: str) -> str:
    """With its accents; with its capitals too, but for those of a beginning or of one who shouts."""
    for place, one in enumerate(text.replace("’", " ").replace("'", " ").split()):
        bare = one.strip('.,;:!?()"«»')
        if fold(bare) == word:
            return bare if place and not text.isupper() else bare.casefold()
    return word
