"""What it brings to search a question in the articles' words: synonyms, and slips mended. Without a database.

    python -m benchmarks.wording [--data DIR]

The first table asks the questions of all sets as they are written and as they are restated; the second
mistypes one, two and three words of each (the longest; the same ones each time) and mends them. Vectors that
are not there yet are made first and kept: see `benchmarks/offline_vectors.py`. Part of docs/figures.md.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.offline_django import set_up

if TYPE_CHECKING:  # only after Django is set up
    from benchmarks.offline_search import Index
    from knowledge.measuring import Question
    from knowledge.query import Query

ROOT = Path(__file__).resolve().parent.parent
BASES = ["dmv", "cnil", "gnome-en", "gnome-fr", "sample-en", "sample-fr"]
MISTYPED = ["dmv", "cnil", "gnome en", "gnome fr", "sample-en", "sample-fr"]
WORD = re.compile(r"[^\W\d_]{4,}")
Change = Callable[["Index", "Query"], "Query"]


@dataclass(frozen=True)
class Found:
    """Shares of one set's questions: an article that answers is among five; one over its place."""

    hit5: float
    mrr10: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    set_up()
    sets = list(_sets(options.data))
    print("\n| questions | n | hit@5 / MRR@10, as written | restated |\n|---|---|---|---|")
    written = [measure(index, questions, as_written) for _, index, questions in sets]
    restated = [measure(index, questions, restate) for _, index, questions in sets]
    for (name, _, questions), before, now in zip(sets, written, restated, strict=True):
        print(f"| {name} | {len(questions)} | {line(before)} | {line(now)} |")
    print(f"| mean | | {line(mean(written))} | {line(mean(restated))} |")
    print("\n| words mistyped | left | mended |\n|---|---|---|")
    some = [one for one in sets if one[0] in MISTYPED]
    for words in (0, 1, 2, 3):
        slips = [(index, [mistyped(one, words) for one in questions]) for _, index, questions in some]
        left = mean([measure(index, questions, restate) for index, questions in slips])
        right = mean([measure(index, questions, mend) for index, questions in slips])
        print(f"| {words} | {line(left)} | {line(right)} |")


def _sets(data: Path) -> Iterator[tuple[str, Index, list[Question]]]:
    from benchmarks.offline_bases import load_bases
    from benchmarks.offline_search import Index
    from benchmarks.reading_step import sets_of

    bases = {base.name: base for base in load_bases(data)}
    for name in BASES:
        index = Index(bases[name])
        for title, questions in sets_of(data, name):
            answerable = [one for one in questions if one.answerable]
            if answerable:
                yield title, index, answerable


def as_written(index: Index, query: Query) -> Query:
    return query


def restate(index: Index, query: Query) -> Query:
    return index.restate(query)


def mend(index: Index, query: Query) -> Query:
    from knowledge.spelling import mended

    text = mended(query.text, query.language or "en", lambda _terms: index.frequencies)
    return index.restate(replace(query, text=text))


def measure(index: Index, questions: list[Question], change: Change) -> Found:
    from knowledge.matching import WORDS_SHARE
    from knowledge.query import Query

    hits, places = 0, 0.0
    ids = [article.id for article in index.base.articles]
    for question in questions:
        query = change(index, Query(question.text, question.history, question.language))
        sides = index.sides(query)
        best = np.full(len(ids), -9.0)
        np.maximum.at(best, index.document, sides.meaning + WORDS_SHARE * sides.words)
        right = [best[at] for at, one in enumerate(ids) if one in question.acceptable]
        place = 1 + int((best > max(right)).sum()) if right else len(ids)
        hits += place <= 5
        places += 1 / place if place <= 10 else 0
    return Found(hits / len(questions), places / len(questions))


def mistyped(question: Question, words: int) -> Question:
    from knowledge.terms import fold, stop_words

    random_ = random.Random(f"{words} {question.text}")
    stop = stop_words(question.language if question.language in ("en", "fr") else "en")
    longest = sorted(
        (one for one in WORD.finditer(question.text) if fold(one[0]) not in stop),
        key=lambda one: -len(one[0]),
    )
    text = question.text
    for one in sorted(longest[:words], key=lambda one: -one.start()):
        text = text[: one.start()] + slip(one[0], random_) + text[one.end() :]
    return replace(question, text=text)


def slip(word: str, random_: random.Random) -> str:
    """A letter left out, two that changed places, or one typed twice."""
    at = random_.randrange(1, len(word) - 1)
    return random_.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        ]
    )


def mean(found: list[Found]) -> Found:
    return Found(float(np.mean([one.hit5 for one in found])), float(np.mean([one.mrr10 for one in found])))


def line(found: Found) -> str:
    return f"{found.hit5:.3f} / {found.mrr10:.3f}"


if __name__ == "__main__":
    main()
