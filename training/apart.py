"""Whether two routers do differently on the same texts, and whether that can be said at all. Pure.

Both are asked the same texts, so only those count that one of them gets right and the other wrong: McNemar's
test, exact, since they are few. The interval of the difference is Newcombe's for pairs (Improved confidence
intervals for the difference between binomial proportions based on paired data, 1998, method 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from chatbot.chance import at_most, mcnemar, wilson

ENOUGH = 20  # pairs, below which nothing is claimed
WORSE = 0.1  # chance at most, one-sided, for a candidate to be held back: that costs little

Said = Literal["better", "worse", "same", "too_few"]


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many texts are right by both, by the present one alone, by the candidate alone, by neither."""

    both: int = 0
    present: int = 0
    candidate: int = 0
    neither: int = 0

    @property
    def all(self) -> int:
        return self.both + self.present + self.candidate + self.neither

    @property
    def chance(self) -> float:
        """How likely so uneven a split of those that differ is if both are equally good: 1 where none do."""
        return mcnemar(self.present, self.candidate)

    @property
    def by(self) -> float:
        """The share that the candidate has right, less that of the present one."""
        return (self.candidate - self.present) / self.all if self.all else 0.0

    def said(self) -> Said:
        if self.all < ENOUGH:
            return "too_few"
        fewer, differing = min(self.present, self.candidate), self.present + self.candidate
        if self.present == self.candidate or at_most(fewer, differing) > WORSE:
            return "same"
        return "better" if self.candidate > self.present else "worse"

    def between(self) -> tuple[float, float]:
        """Where the true difference lies, for 95 of 100; from -1 to 1 where there are no pairs."""
        if not self.all:
            return -1.0, 1.0
        new, old = self.both + self.candidate, self.both + self.present
        (new_low, new_high), (old_low, old_high) = wilson(new, self.all), wilson(old, self.all)
        one, other = new / self.all, old / self.all
        below, above = (one - new_low, old_high - other), (new_high - one, other - old_low)
        return self.by - _reach(*below, self._go_together()), self.by + _reach(*above, self._go_together())

    def _go_together(self) -> float:
        """How far both have the same right (Newcombe's phi), put nearer to nothing where it is above it."""
        new, old = self.both + self.candidate, self.both + self.present
        below = new * (self.all - new) * old * (self.all - old)
        if not below:
            return 0.0
        over = self.both * self.neither - self.present * self.candidate
        return (max(over - self.all / 2, 0) if over > 0 else over) / sqrt(below)


def _reach(one: float, other: float, together: float) -> float:
    return sqrt(max(0.0, one**2 - 2 * together * one * other + other**2))
