"""Whether two shares differ by more than chance. Pure.

The interval of the difference is Newcombe's, from the two Wilson intervals: it holds for small numbers too,
and for shares near 0 and 1 (Newcombe, Statistics in Medicine 17, 1998, method 10).
"""

from __future__ import annotations

from math import sqrt

Z = 1.959964  # 95 %
FEWEST = 30  # on each side, below which nothing is said


def wilson(done: int, of: int) -> tuple[float, float]:
    """Between what the share may lie of which `done` of so many were seen."""
    share, spread = done / of, Z * Z / of
    centre = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    # At the ends it is exact, and reckoning is not.
    return max(0.0, centre - half) if done else 0.0, min(1.0, centre + half) if done < of else 1.0


def difference(done: int, of: int, other_done: int, other_of: int) -> tuple[float, float] | None:
    """Between what the first share lies above the other; None where too few were seen."""
    if min(of, other_of) < FEWEST:
        return None
    share, other = done / of, other_done / other_of
    low, high = wilson(done, of)
    other_low, other_high = wilson(other_done, other_of)
    gap = share - other
    return (
        gap - sqrt((share - low) ** 2 + (other_high - other) ** 2),
        gap + sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )
