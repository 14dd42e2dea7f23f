"""How far a judge agrees with people: the share, Cohen's kappa with its interval, and who said what. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FEW = 30  # answers, below which it says next to nothing
RESAMPLED = 2_000
# What the lower end of the interval has to reach before anything may rest on a judge: "moderate" of Landis
# and Koch, The measurement of observer agreement for categorical data (1977).
COUNTS_FROM = 0.41
Pair = tuple[bool, bool]  # whether the judge calls it right, whether people do


@dataclass(frozen=True)
class Agreed:
    """`kappa` is 1 for complete agreement and 0 for what chance brings, None where either always says the
    same; `low` and `high` are where it lies (95 %, percentile bootstrap)."""

    both_right: int = 0
    only_judge: int = 0  # calls it right
    only_people: int = 0
    both_wrong: int = 0
    kappa: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def items(self) -> int:
        return self.both_right + self.only_judge + self.only_people + self.both_wrong

    @property
    def share(self) -> float | None:
        return (self.both_right + self.both_wrong) / self.items if self.items else None

    @property
    def is_enough(self) -> bool:
        return self.items >= FEW

    @property
    def counts(self) -> bool:
        """Whether it agrees well enough for something to be decided by it."""
        return self.is_enough and self.low is not None and self.low >= COUNTS_FROM


def agreed(pairs: Sequence[Pair]) -> Agreed:
    if not pairs:
        return Agreed()
    told = np.array(pairs, dtype=bool)
    judge, people = told[:, 0], told[:, 1]
    found = kappa(judge, people)
    low, high = _interval(judge, people) if found is not None else (None, None)
    return Agreed(
        int((judge & people).sum()),
        int((judge & ~people).sum()),
        int((~judge & people).sum()),
        int((~judge & ~people).sum()),
        found,
        low,
        high,
    )


def kappa(one: np.ndarray, other: np.ndarray) -> float | None:
    same = float((one == other).mean())
    by_chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
    return (same - by_chance) / (1 - by_chance) if by_chance < 1 else None


def _interval(one: np.ndarray, other: np.ndarray) -> tuple[float | None, float | None]:
    """The seed makes it the same each time it is shown."""
    chance = np.random.default_rng(0)
    drawn = chance.integers(0, len(one), size=(RESAMPLED, len(one)))
    said, known = one[drawn], other[drawn]
    same, mine, theirs = (said == known).mean(axis=1), said.mean(axis=1), known.mean(axis=1)
    by_chance = mine * theirs + (1 - mine) * (1 - theirs)
    possible = by_chance < 1
    found = (same[possible] - by_chance[possible]) / (1 - by_chance[possible])
    if not len(found):
        return None, None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
