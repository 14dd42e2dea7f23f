"""Whether customers rate one release worse than another, surely enough to roll it back. Pure.

Ratings come in one after the other, and whoever looks after each of them will see a difference some day where
there is none. So it is looked only when a release has FIRST ratings, and then each time they have doubled,
with an interval of 99 %: over ten looks (10,000 ratings) a release that is as good is rolled back by chance
in a few of a hundred cases at most (`python -m benchmarks.roll_back`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from chatbot.chance import newcombe

FIRST = 20  # ratings of the release, and at least as many of what it is held against
Z = 2.575829  # 99 %


@dataclass(frozen=True, slots=True)
class Rated:
    """Ratings of one kind: how many were good, of how many."""

    good: int
    of: int

    @property
    def share(self) -> float | None:
        return self.good / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Found:
    """`low` and `high`: between what the share of the release lies above the other one, for 99 %."""

    release: Rated
    other: Rated
    low: float
    high: float

    @property
    def worse(self) -> bool:
        return self.high < 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def is_due(ratings: int, looked: int) -> bool:
    """`looked`: how many there were when it was looked last, 0 for never."""
    return ratings >= max(FIRST, 2 * looked)


def look(release: Rated, other: Rated) -> Found | None:
    """None where there are too few of either to say anything."""
    if release.of < FIRST or other.of < FIRST:
        return None
    low, high = newcombe(release.good, release.of, other.good, other.of, Z)
    return Found(release, other, low, high)
