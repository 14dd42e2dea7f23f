"""Which share of words and which bar are best for questions whose end is known. Pure.

Right is: the right article is cited, or nothing is claimed where nothing answers. Both kinds count alike,
however many there are of each. Of what cannot be told apart the nearest to what is in use is taken, and the
middle of a plain rather than a peak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.weighing import Weighing

SHARES = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2, 0.25, 0.3)
LIFTS = tuple(round(-0.3 + 0.05 * at, 2) for at in range(13))


@dataclass(frozen=True)
class Grid:
    """What is tried: what is in use is always among it."""

    shares: tuple[float, ...]
    lifts: tuple[float, ...]
    present: tuple[int, int]  # places

    @classmethod
    def around(cls, present: Weighing, *, with_lift: bool = True) -> Grid:
        shares = tuple(sorted({*SHARES, present.words_share}))
        lifts = tuple(sorted({*LIFTS, present.lift})) if with_lift else (present.lift,)
        return cls(shares, lifts, (shares.index(present.words_share), lifts.index(present.lift)))

    def weighing(self, place: tuple[int, int]) -> Weighing:
        return Weighing(self.shares[place[0]], self.lifts[place[1]])

    def steps(self) -> np.ndarray:
        """How far each is from what is in use."""
        one, other = np.indices((len(self.shares), len(self.lifts)))
        return np.asarray(abs(one - self.present[0]) + abs(other - self.present[1]))


@dataclass(frozen=True)
class Outcomes:
    """Of each question whether something answers it, and with each share whether a reply would cite that and
    how far it is above the bar."""

    answerable: np.ndarray  # question
    cited: np.ndarray  # question × share
    clearance: np.ndarray  # question × share

    def among(self, which: np.ndarray) -> Outcomes:
        return replace(
            self,
            answerable=self.answerable[which],
            cited=self.cited[which],
            clearance=self.clearance[which],
        )

    def __len__(self) -> int:
        return len(self.answerable)

    def answers(self, grid: Grid) -> np.ndarray:
        """Question × share × lift."""
        return np.asarray(self.clearance[:, :, None] >= np.array(grid.lifts))

    def right(self, grid: Grid, *, with_lift: bool = True) -> np.ndarray:
        """The same. Where no bar is learned, a right article in its place is enough: whether to answer says
        nothing of the order."""
        if not with_lift:
            return np.repeat(self.cited[:, :, None], len(grid.lifts), axis=2)
        answered = self.answers(grid)
        return np.where(self.answerable[:, None, None], self.cited[:, :, None] & answered, ~answered)


def worth(right: np.ndarray, answerable: np.ndarray) -> np.ndarray:
    """The mean of both kinds' shares of right ones: of each weighing."""
    kinds = [right[answerable == kind] for kind in (True, False)]
    shares = [own.mean(axis=0) for own in kinds if len(own)]
    return np.asarray(np.mean(shares, axis=0)) if shares else np.zeros(right.shape[1:])


def choose(right: np.ndarray, answerable: np.ndarray, grid: Grid) -> tuple[int, int]:
    """The place of the best: the nearest to what is in use among those that are worse than the best by no
    more than one standard error of the difference."""
    if not len(right):
        return grid.present
    smooth = _smooth(worth(right, answerable))
    best = np.unravel_index(int(smooth.argmax()), smooth.shape)
    behind = smooth[best] - smooth
    alike = behind <= _error(right, answerable, best) + 1e-9
    away = np.where(alike, grid.steps() - smooth, np.inf)  # of those as near the better one
    one, other = np.unravel_index(int(away.argmin()), away.shape)
    return int(one), int(other)


def _smooth(values: np.ndarray) -> np.ndarray:
    """The mean of each and its neighbours: of a peak that stands alone little is left."""
    padded = np.pad(values, 1, constant_values=np.nan)
    around = [
        padded[one : one + values.shape[0], other : other + values.shape[1]]
        for one in range(3)
        for other in range(3)
    ]
    return np.asarray(np.nanmean(around, axis=0))


def _error(right: np.ndarray, answerable: np.ndarray, best: tuple[np.intp, ...]) -> np.ndarray:
    """The standard error of how much worse each is than the best one, question by question."""
    one, other = best
    lost = right[:, one, other][:, None, None].astype(float) - right
    kinds = [lost[answerable == kind] for kind in (True, False)]
    spreads = [own.var(axis=0) / len(own) for own in kinds if len(own)]
    return np.asarray(np.sqrt(np.sum(spreads, axis=0)) / len(spreads))


def by_folds(right: np.ndarray, answerable: np.ndarray, folds: np.ndarray, grid: Grid) -> np.ndarray:
    """The place that was chosen for each question without its fold: question × 2."""
    found = np.zeros((len(right), 2), dtype=int)
    for fold in np.unique(folds):
        known = folds != fold
        found[~known] = choose(right[known], answerable[known], grid)
    return found


def at(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Of each question what stands in its place."""
    return np.asarray(values[np.arange(len(values)), places[:, 0], places[:, 1]])


CURVE = (0.2, 0.4, 0.6, 0.8, 1.0)


def curve(right: np.ndarray, answerable: np.ndarray, folds: np.ndarray, grid: Grid) -> list[list[float]]:
    """For each share of the questions how much is right of a fold after learning so many of the others: once
    for each fold."""
    found: list[list[float]] = []
    for part in CURVE:
        row: list[float] = []
        for fold in np.unique(folds):
            known, asked = np.flatnonzero(folds != fold), folds == fold
            random = np.random.default_rng(int(fold))
            some = _some(known, answerable, part, random)
            place = choose(right[some], answerable[some], grid)
            row.append(float(worth(right[asked][:, place[0] : place[0] + 1, place[1] : place[1] + 1],
                                   answerable[asked])[0, 0]))  # fmt: skip
        found.append(row)
    return found


def _some(known: np.ndarray, answerable: np.ndarray, part: float, random: np.random.Generator) -> np.ndarray:
    """So many of each kind, and at least one."""
    kinds = [random.permutation(known[answerable[known] == kind]) for kind in (True, False)]
    return np.concatenate([own[: max(1, round(part * len(own)))] for own in kinds])


def cells(outcomes: Outcomes, grid: Grid, places: np.ndarray) -> Sequence[str]:
    """What becomes of each question with the weighing in its place."""
    answered = at(outcomes.answers(grid), places)
    cited = outcomes.cited[np.arange(len(outcomes)), places[:, 0]]
    return [
        _cell(bool(known), bool(says), bool(right))
        for known, says, right in zip(outcomes.answerable, answered, cited, strict=True)
    ]


CELLS = ("right", "other", "refused", "declined", "claimed")


def _cell(answerable: bool, answered: bool, cited: bool) -> str:
    if not answerable:
        return "claimed" if answered else "declined"
    if not answered:
        return "refused"
    return "right" if cited else "other"
