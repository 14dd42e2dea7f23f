"""What an installation gains by learning from saved questions how to search, without a database: part of
docs/figures.md.

    python -m benchmarks.tuning [--data DIR] [--only BASE …]

Each help centre with the questions that are known of it, as if they were saved there. What the product comes
with was chosen with an eye on them: there is little to be gained, and the benchmark says how often something
is put in use all the same. It is learned as the product learns, with 25 ways to hold questions out. The last
table begins with weights that are wrong on purpose.

Vectors are kept in /tmp/search-vectors; making them takes half an hour of one core the first time.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")  # many threads for small matrices only wait for each other

import numpy as np  # noqa: E402

from benchmarks.offline_django import set_up  # noqa: E402

set_up()

# Only now: the product's modules want Django set up, and numpy the number of threads above.
from benchmarks.offline_bases import load_bases  # noqa: E402
from benchmarks.offline_search import Index, Sides  # noqa: E402
from benchmarks.offline_vectors import embed  # noqa: E402
from benchmarks.reading_step import BASES, ROOT, sets_of  # noqa: E402
from knowledge.calibration import OWN_TITLES, stock_questions  # noqa: E402
from knowledge.floors import Floor, floor_of  # noqa: E402
from knowledge.matching import COMPARED  # noqa: E402
from knowledge.query import Query  # noqa: E402
from knowledge.reading import read  # noqa: E402
from knowledge.search import Results  # noqa: E402
from knowledge.weighing import USUAL, Weighing  # noqa: E402
from training.search.asking import CITED, FAR  # noqa: E402
from training.search.choosing import Grid, Outcomes, worth  # noqa: E402
from training.search.examining import Learned, Questions, examine  # noqa: E402

if TYPE_CHECKING:
    from knowledge.measuring import Question

DATA = Path(os.environ.get("CAUSERIE_DATA", ROOT.parent / "shared" / "data"))
WAYS = 25  # to hold questions out
WRONG = (Weighing(0.3, 0.0), Weighing(0.0, 0.25), Weighing(0.08, -0.3))  # weights to begin with


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--only", nargs="*", default=BASES)
    options = parser.parse_args()
    if not options.data.exists():
        print(f"skipped: there is no sample at {options.data} (CAUSERIE_DATA says where it is)")
        return
    asked = {name: ask_base(options.data, name) for name in options.only}
    show_learned(asked)
    show_wrong(asked)


def ask_base(data: Path, name: str) -> Questions:
    [base] = [one for one in load_bases(data) if one.name == name]
    index, shares = Index(base), Grid.around(WRONG[0]).shares
    number = {article.id: at for at, article in enumerate(base.articles)}
    questions = [one for title, several in sets_of(data, name) for one in several]
    kept = {one.text: one for one in questions if one.language == base.language}
    floors = dict(zip(shares, floors_of(index, base.language, shares), strict=True))
    found = [ask(index, one, floors, number) for one in kept.values()]
    known = np.array([bool(_articles(one, number)) for one in kept.values()])
    return Questions(
        list(kept),
        [frozenset(_articles(one, number)) for one in kept.values()],
        embed(list(kept), "query"),
        np.array([places for places, _cited, _clearance in found]),
        Outcomes(known, np.array([one[1] for one in found]), np.array([one[2] for one in found])),
    )


def _articles(question: Question, number: dict[str, int]) -> set[int]:
    return {number[one] for one in question.acceptable if one in number}


def floors_of(index: Index, language: str, shares: Sequence[float]) -> Iterator[Floor]:
    """As knowledge/calibration.py and knowledge/floors.py have them, for each share."""
    titles = [one.title for one in index.base.articles if one.language == language]
    step = max(1, len(titles) / OWN_TITLES)
    own = [titles[int(at * step)] for at in range(min(len(titles), OWN_TITLES))]
    stock = [index.sides(Query(text, language=language)) for text in stock_questions(language)]
    called = [index.sides(Query(text, language=language)) for text in own]
    for share in shares:
        reached = float(np.median([_best(one, share) for one in called]))
        value, spread = floor_of([[_best(one, share) for one in stock]], own=reached)
        yield Floor(value, spread, own=reached)


def _best(sides: Sides, share: float) -> float:
    return float((sides.meaning + share * sides.words).max())


def ask(
    index: Index, question: Question, floors: dict[float, Floor], number: dict[str, int]
) -> tuple[list[int], list[bool], list[float]]:
    """For each share the place of a right article, whether it is cited, and how far the question is above the
    bar."""
    query = index.restate(Query(question.text, question.history, question.language))
    sides, right = index.sides(query), _articles(question, number)
    places, cited, clearances = [], [], []
    for share, floor in floors.items():
        scores = sides.meaning + share * sides.words
        rows = np.argsort(-scores, kind="stable")[:COMPARED].tolist()
        passages = [index._passage(row, sides, float(scores[row])) for row in rows]
        results = Results(passages, floor.value, floor.spread, weights=sides.weights, own=floor.own)
        articles = list(dict.fromkeys(one.document_id for one in passages))
        places.append(min((articles.index(one) + 1 for one in right if one in articles), default=0))
        cited.append(any(one.document_id in right for one in passages[:CITED]))
        reading = read(question.text, question.language, results, follows=bool(question.history))
        clearances.append(float(np.clip(reading.clearance, -FAR, FAR)))
    return places, cited, clearances


def _tried(asked: Questions, present: Weighing) -> Questions:
    """The shares that the product would try, beside this one."""
    every, wanted = Grid.around(WRONG[0]).shares, Grid.around(present).shares
    columns = [every.index(share) for share in wanted]
    outcomes = asked.outcomes
    own = replace(outcomes, cited=outcomes.cited[:, columns], clearance=outcomes.clearance[:, columns])
    return replace(asked, places=asked.places[:, columns], outcomes=own)


def _held_out_otherwise(asked: Questions, way: int) -> Questions:
    """Which texts are held out is told by their hashes."""
    return replace(asked, texts=[f"{way} {text}" for text in asked.texts] if way else asked.texts)


def _learned(asked: Questions, present: Weighing) -> list[Learned]:
    own = _tried(asked, present)
    return [examine(_held_out_otherwise(own, way), present) for way in range(WAYS)]


def show_learned(asked: dict[str, Questions]) -> None:
    print(
        "\n| help centre | with an article; without | learned: words, bar | held out | right before; now "
        "| hit@1 | hit@5 | wrongly refused | refused | outcome | s |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|"
    )
    for name, questions in asked.items():
        began = time.perf_counter()
        found = examine(_tried(questions, USUAL), USUAL)
        print(_row(name, questions, found, time.perf_counter() - began), flush=True)
    print(
        f"\n| help centre, {WAYS} ways to hold out | put in use | of these better; worse, held out "
        "| by cross-validation before; with what is learned |\n|---|---|---|---|"
    )
    for name, questions in asked.items():
        print(_many(name, _learned(questions, USUAL)), flush=True)


def _row(name: str, asked: Questions, found: Learned, seconds: float) -> str:
    known = asked.outcomes.answerable
    hits = found.report["hits"]
    n = max(1, hits["asked"][0])
    firsts = [f"{hits['present'][at] / n:.3f} → {hits['chosen'][at] / n:.3f}" for at in range(2)]
    said = "the same" if found.weighing == USUAL else found.pairs.said()
    right = f"{found.pairs.before:.3f}; {found.pairs.now:.3f}"
    return (
        f"| {name} | {known.sum()}; {(~known).sum()} "
        f"| {found.weighing.words_share:.2f}, {found.weighing.lift:+.2f} "
        f"| {found.pairs.together.all} | {right} | {' | '.join(firsts)} "
        f"| {_ends(found, 'refused')} | {_ends(found, 'declined')} | {said} | {seconds:.2f} |"
    )


def _ends(found: Learned, cell: str) -> str:
    """Of the held-out questions of its kind how many end so, before and now."""
    kinds = ("declined", "claimed") if cell == "declined" else ("right", "other", "refused")
    own = [end for end in found.report["questions"] if end[0] and end[1] in kinds]
    shares = [sum(end[at] == cell for end in own) / max(1, len(own)) for at in (1, 2)]
    return f"{shares[0]:.3f} → {shares[1]:.3f}" if own else "–"


def _many(name: str, every: Sequence[Learned]) -> str:
    used = [one for one in every if one.pairs.said() == "better"]
    gains = [one.pairs.by for one in used]
    cross = [np.mean([one.report["cross"][key] for one in every]) for key in ("present", "chosen")]
    return (
        f"| {name} | {len(used)} of {len(every)} | {sum(gain > 0 for gain in gains)}; "
        f"{sum(gain < 0 for gain in gains)} | {cross[0]:.3f}; {cross[1]:.3f} |"
    )


def show_wrong(asked: dict[str, Questions]) -> None:
    """Beginning with weights that are wrong: how often that is noticed, and how far it is mended."""
    print(
        "\n| begun with | help centre | put in use | right before; now; as the product comes |"
        "\n|---|---|---|---|"
    )
    for present in WRONG:
        for name, questions in asked.items():
            every = _learned(questions, present)
            used = [one for one in every if one.pairs.said() == "better"]
            usual = _right_at(questions, USUAL)
            after = [_right_at(questions, one.weighing) for one in used]
            now = f"{np.mean(after):.3f}" if used else "–"
            print(
                f"| words {present.words_share:.2f}, bar {present.lift:+.2f} | {name} "
                f"| {len(used)} of {len(every)} | {_right_at(questions, present):.3f}; {now}; {usual:.3f} |",
                flush=True,
            )


def _right_at(asked: Questions, weighing: Weighing) -> float:
    grid = Grid.around(WRONG[0])
    lifts = tuple(sorted({*grid.lifts, weighing.lift}))
    grid = replace(grid, lifts=lifts)
    right = asked.outcomes.right(grid)
    place = (grid.shares.index(weighing.words_share), lifts.index(weighing.lift))
    return float(worth(right, asked.outcomes.answerable)[place])


if __name__ == "__main__":
    main()
