"""Whether a share has changed between two groups of conversations, and whether that can be said at all. Pure.

The interval of a difference of two shares is Newcombe's (Interval estimation for the difference between
independent proportions, 1998, method 10): from the Wilson interval of each, so that it holds for few cases
and for shares near none or all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

ENOUGH = 20  # conversations on either side, below which nothing is claimed
Z = 1.959964  # 95 %

Said = Literal["better", "worse", "no_difference", "too_few"]


@dataclass(frozen=True, slots=True)
class Share:
    """`well` of `asked` went well."""

    well: int
    asked: int

    @property
    def part(self) -> float:
        return self.well / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """`by` of the share, after less before, and between which bounds it lies for 95 %."""

    said: Said
    by: float
    low: float
    high: float


def difference(before: Share, after: Share) -> Difference:
    by = after.part - before.part
    if min(before.asked, after.asked) < ENOUGH:
        return Difference("too_few", by, -1.0, 1.0)
    (low_before, high_before), (low_after, high_after) = wilson(before), wilson(after)
    low = by - sqrt((after.part - low_after) ** 2 + (high_before - before.part) ** 2)
    high = by + sqrt((high_after - after.part) ** 2 + (before.part - low_before) ** 2)
    said: Said = "better" if low > 0 else "worse" if high < 0 else "no_difference"
    return Difference(said, by, low, high)


def wilson(share: Share) -> tuple[float, float]:
    """Between which shares the true one lies for 95 %."""
    number, part = share.asked, share.part
    middle = (part + Z**2 / (2 * number)) / (1 + Z**2 / number)
    reach = Z / (1 + Z**2 / number) * sqrt(part * (1 - part) / number + Z**2 / (4 * number**2))
    return middle - reach, middle + reach
