"""Times as steps of a ladder, each a tenth longer than the one before: so that they can be counted. Pure.

A median or a 95th percentile of millions of times is read from how many stand on each step, and is at most
five per cent off. Means would hide those who wait; percentiles themselves cannot be added up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

EACH = 1.1
HIGHEST = 160  # more than an hour


def step_of(milliseconds: float) -> int:
    """As the database counts them (counting.py)."""
    return min(HIGHEST, math.floor(math.log(max(milliseconds, 1)) / math.log(EACH)))


def seconds_of(step: int) -> float:
    """In the middle of the step."""
    return EACH ** (step + 0.5) / 1000


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """In seconds: so long or less took this share of them; None of nothing."""
    step = step_at(counts, share)
    return None if step is None else seconds_of(step)


def step_at(counts: Mapping[int, int], share: float) -> int | None:
    wanted, seen = share * sum(counts.values()), 0
    for step in sorted(counts):
        seen += counts[step]
        if seen >= wanted and seen:
            return step
    return None
