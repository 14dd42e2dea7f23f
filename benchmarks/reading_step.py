"""What the reading step refuses, and the curve it moves on, without a database: part of docs/figures.md.

    python -m benchmarks.reading_step [--data DIR] [--only BASE …] [--choose]

Each question with an answer is also asked of its help centre without the articles that answer it: it has
become a near-topic question, which nothing there answers (or hardly: in an FAQ its neighbours half do).
`--choose` picks the numbers of knowledge/reading.py anew, each help centre's on the questions of the others.

Vectors are kept in /tmp/search-vectors; making them takes half an hour of one core the first time.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.offline_django import set_up

if TYPE_CHECKING:  # only after Django is set up
    from knowledge.measuring import Question
    from knowledge.query import Query
    from knowledge.search import Results

FAMILIES = {"gnome-en": "gnome", "gnome-fr": "gnome", "sample-en": "sample", "sample-fr": "sample"}
BASES = ["dmv", "cnil", "gnome-en", "gnome-fr", "sample-en", "sample-fr"]
ROOT = Path(__file__).resolve().parent.parent
SHIFTS = (-0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2)
# A wrong refusal weighs as much as this many right ones; an article left out may have neighbours that answer.
WRONG, LEFT_OUT = 1.5, 0.3


@dataclass(frozen=True)
class Asked:
    """One question as it was asked: `kind` is "answer", "none" or "left out"."""

    set: str
    base: str
    kind: str
    clearance: float
    signs: tuple[float, float, float, float, float] | None = None  # score, floor, own, ahead, advice

    @property
    def family(self) -> str:
        return FAMILIES.get(self.base, self.base)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--only", nargs="*", default=BASES)
    parser.add_argument("--choose", action="store_true")
    options = parser.parse_args()
    set_up()
    asked = [one for name in options.only for one in _ask_base(options.data, name)]
    show(asked, lambda one: one.clearance < 0)
    show_curve(asked)
    if options.choose:
        show_choice(asked)


def _ask_base(data: Path, name: str) -> Iterator[Asked]:
    from benchmarks.offline_bases import load_bases
    from benchmarks.offline_search import Index
    from knowledge.query import Query

    [base] = [one for one in load_bases(data) if one.name == name]
    index = Index(base)
    place = {article.id: number for number, article in enumerate(base.articles)}
    for title, questions in sets_of(data, name):
        for question in questions:
            query = Query(question.text, question.history, question.language)
            kind = "answer" if question.answerable else "none"
            yield _judged(title, name, kind, query, index.search(query))
            without = [place[one] for one in question.acceptable if one in place]
            if without:
                left = index.search(query, without=without)
                yield _judged(title, name, "left out", query, left)


def sets_of(data: Path, base: str) -> Iterator[tuple[str, list[Question]]]:
    from benchmarks.retrieval_sets import SETS, questions_of
    from knowledge.measuring import parse_question, read_questions

    yield from ((one.name, questions_of(data, one)) for one in SETS if one.source == base)
    if base.startswith("sample"):
        language = base.removeprefix("sample-")
        own = read_questions(ROOT / "knowledge" / "sample" / "questions.jsonl")
        yield base, [one for one in own if one.language == language]
        far = [
            parse_question(json.loads(line)) for line in (data / "oos_en_fr.jsonl").read_text().splitlines()
        ]
        yield f"off topic on {base}", [one for one in far if one.language == language]


def _judged(title: str, base: str, kind: str, query: Query, results: Results) -> Asked:
    from knowledge import reading

    follows = bool(query.history)
    verdict = reading.read(query.text, query.language or "en", results, follows=follows)
    advice = "asks_for_advice" in verdict.doubts
    clearance = None if follows else reading.clearance_of(results, advice=advice)
    if clearance is None:  # across languages, and follow-ups
        return Asked(title, base, kind, 1.0 if verdict.answers else -1.0)
    ahead = min(reading.ahead(results.by_score), 9.0)
    signs = (results.best_score, results.floor, results.own or 0.0, ahead, float(advice))
    return Asked(title, base, kind, clearance, signs)


def show(asked: list[Asked], refused: Callable[[Asked], bool]) -> None:
    print("\n| questions | n | wrongly refused | refused | refused without its articles |")
    print("|---|---|---|---|---|")
    for title in dict.fromkeys(one.set for one in asked):
        own = [one for one in asked if one.set == title]
        cells = [_share(own, kind, refused) for kind in ("answer", "none", "left out")]
        print(f"| {title} | {sum(one.kind != 'left out' for one in own)} | {' | '.join(cells)} |")


def show_curve(asked: list[Asked]) -> None:
    """The same bar, lower and higher: the mean over the sets of each kind."""
    print("\n| bar moved by | wrongly refused | refused | refused without its articles |\n|---|---|---|---|")
    for shift in SHIFTS:
        cells = (f"{_mean_share(asked, kind, shift):.3f}" for kind in ("answer", "none", "left out"))
        print(f"| {shift:+.2f} | {' | '.join(cells)} |")


def _mean_share(asked: list[Asked], kind: str, shift: float) -> float:
    sets = {one.set for one in asked if one.kind == kind and one.signs and not one.set.startswith("choosing")}
    own = [[one.clearance < shift for one in asked if (one.set, one.kind) == (name, kind)] for name in sets]
    return float(np.mean([np.mean(one) for one in own]))


def _share(asked: list[Asked], kind: str, refused: Callable[[Asked], bool]) -> str:
    own = [refused(one) for one in asked if one.kind == kind]
    return f"{np.mean(own):.3f}" if own else ""


def show_choice(asked: list[Asked]) -> None:
    """For each help centre the numbers that are best on all others, and what they do there."""
    measured = [one for one in asked if one.signs]
    numbers = list(
        itertools.product((0.0, 0.15, 0.3, 0.5), (0.0, 0.15, 0.3), np.round(np.arange(0.82, 0.92, 0.01), 2))
    )
    clearances = {each: _clearances(measured, *each) for each in numbers}
    refused: dict[Asked, bool] = {}
    for family in sorted({one.family for one in measured}):
        others = np.array([one.family != family for one in measured])
        best = max(numbers, key=lambda each: _worth(measured, clearances[each] < 0, others))
        print(f"\nwithout {family}: ahead, advice, height = {[float(number) for number in best]}")
        refused |= {
            one: bool(value < 0)
            for one, value in zip(measured, clearances[best], strict=True)
            if one.family == family
        }
    everything = np.ones(len(measured), dtype=bool)
    best = max(numbers, key=lambda each: _worth(measured, clearances[each] < 0, everything))
    print(f"\non all: {[float(number) for number in best]}")
    show(measured, lambda one: refused[one])


def _clearances(measured: list[Asked], ahead: float, advice: float, height: float) -> np.ndarray:
    score, floor, own, before, advised = np.array([one.signs for one in measured]).T
    way = own - floor
    bar = np.clip((height * np.sqrt(floor * own) - floor) / way, -0.25, 0.25)
    standing = (score - floor) / way + ahead * np.minimum(1, before / way)
    result: np.ndarray = standing - advice * advised - bar
    return result


def _worth(measured: list[Asked], refused: np.ndarray, among: np.ndarray) -> float:
    """The mean of what is refused over the sets, less what is refused wrongly."""
    sets: dict[tuple[str, str], list[bool]] = {}
    for one, value, counts in zip(measured, refused, among, strict=True):
        if counts:
            sets.setdefault((one.set, one.kind), []).append(bool(value))
    shares = [(kind, float(np.mean(own))) for (_, kind), own in sets.items()]
    weights = {"none": 1.0, "left out": LEFT_OUT}
    right = sum(weights[kind] * share for kind, share in shares if kind != "answer")
    wrong = [share for kind, share in shares if kind == "answer"]
    return right / sum(weights[kind] for kind, _ in shares if kind != "answer") - WRONG * float(
        np.mean(wrong)
    )


if __name__ == "__main__":
    main()
