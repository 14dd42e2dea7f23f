"""From what became of each saved question to a weighing, and what is to be said of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from knowledge.weighing import Weighing
from training.apart import Pairs
from training.search import choosing
from training.search.choosing import Grid, Outcomes
from training.search.pairing import Both
from training.search.parting import folds_of, groups_of, held_out

LEAST_ANSWERABLE = 30  # below which nothing is learned
LEAST_UNANSWERABLE = 10  # below which no bar is


@dataclass(frozen=True)
class Questions:
    """In parallel: what they say, the articles that answer them, their vectors, and for each share of words
    the place of a right article, whether a reply cites it, and how far it is above the bar."""

    texts: Sequence[str]
    articles: Sequence[frozenset[int]]
    vectors: np.ndarray
    places: np.ndarray
    outcomes: Outcomes


@dataclass(frozen=True)
class Learned:
    """`pairs` are of what was held out: they say whether it is better."""

    weighing: Weighing
    pairs: Both
    report: dict[str, Any]


def grid_of(present: Weighing, *, unanswerable: int) -> Grid:
    return Grid.around(present, with_lift=unanswerable >= LEAST_UNANSWERABLE)


def examine(asked: Questions, present: Weighing) -> Learned:
    """What is learned without the part that is held out, and how both do on that."""
    outcomes = asked.outcomes
    grid = grid_of(present, unanswerable=int((~outcomes.answerable).sum()))
    with_lift = len(grid.lifts) > 1
    groups = groups_of(asked.texts, asked.articles, asked.vectors)
    out = held_out(asked.texts, groups, outcomes.answerable)
    counts = np.ones(len(out), dtype=bool) if with_lift else outcomes.answerable
    right = outcomes.right(grid, with_lift=with_lift)
    known, asked_of = ~out & counts, out & counts
    place = choosing.choose(right[known], outcomes.answerable[known], grid)
    folds = _folds(asked, groups, known)
    pairs = _both(right[asked_of], outcomes.answerable[asked_of], grid.present, place)
    crossed = choosing.by_folds(right[known], outcomes.answerable[known], folds, grid)
    report = {
        "with_lift": with_lift,
        "present": asdict(present),
        "chosen": asdict(grid.weighing(place)),
        "grid": _grid(grid, right[known], outcomes.answerable[known]),
        "cross": _cross(right[known], outcomes.answerable[known], crossed, grid),
        "curve": choosing.curve(right[known], outcomes.answerable[known], folds, grid),
        "compared": pairs.as_json(),
        "hits": _hits(asked, grid, place, out & outcomes.answerable),
        "questions": _questions(asked, grid, place, out, (known, crossed)),
    }  # fmt: skip
    return Learned(grid.weighing(place), pairs, report)


def _folds(asked: Questions, groups: Sequence[int], known: np.ndarray) -> np.ndarray:
    places: list[int] = np.flatnonzero(known).tolist()
    return folds_of(
        [asked.texts[at] for at in places], [groups[at] for at in places], asked.outcomes.answerable[known]
    )


def _both(
    right: np.ndarray, answerable: np.ndarray, present: tuple[int, int], chosen: tuple[int, int]
) -> Both:
    return Both(*(_pairs(right[answerable == kind], present, chosen) for kind in (True, False)))


def _pairs(right: np.ndarray, present: tuple[int, int], chosen: tuple[int, int]) -> Pairs:
    before, now = right[:, present[0], present[1]], right[:, chosen[0], chosen[1]]
    numbers = (before & now, before & ~now, ~before & now, ~before & ~now)
    return Pairs(*(int(one.sum()) for one in numbers))


def _grid(grid: Grid, right: np.ndarray, answerable: np.ndarray) -> dict[str, Any]:
    """How much is right with each weighing, of what was learned from."""
    found = choosing.worth(right, answerable)
    return {
        "shares": list(grid.shares), "lifts": list(grid.lifts), "present": list(grid.present),
        "worth": [[round(float(one), 4) for one in row] for row in found],
    }  # fmt: skip


def _cross(right: np.ndarray, answerable: np.ndarray, crossed: np.ndarray, grid: Grid) -> dict[str, float]:
    """How much is right of what was not learned, fold by fold."""
    now = choosing.at(right, crossed)[:, None]
    before = right[:, grid.present[0], grid.present[1]][:, None]
    return {
        "present": float(choosing.worth(before, answerable)[0]),
        "chosen": float(choosing.worth(now, answerable)[0]),
    }


def _hits(asked: Questions, grid: Grid, place: tuple[int, int], which: np.ndarray) -> dict[str, list[int]]:
    """Of the held-out ones with an answer, how many find it first and among the first five."""
    found = {"asked": [int(which.sum())]}
    for name, share in (("present", grid.present[0]), ("chosen", place[0])):
        own = asked.places[which, share]
        found[name] = [int((own == 1).sum()), int(((own > 0) & (own <= 5)).sum())]
    return found


def _questions(
    asked: Questions, grid: Grid, place: tuple[int, int], out: np.ndarray,
    crossed: tuple[np.ndarray, np.ndarray],
) -> list[list[Any]]:  # fmt: skip
    """Of each whether it was held out, what becomes of it now, and with what was learned without it."""
    before = np.tile(np.array(grid.present), (len(out), 1))
    now = np.tile(np.array(place), (len(out), 1))
    known, places = crossed
    now[known] = places
    return [
        [bool(held), was, becomes]
        for held, was, becomes in zip(
            out,
            choosing.cells(asked.outcomes, grid, before),
            choosing.cells(asked.outcomes, grid, now),
            strict=True,
        )
    ]
