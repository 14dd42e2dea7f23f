"""What chance may have to do with what is counted: where a share lies, how likely an uneven split is. Pure.

Wilson's interval of a share and Newcombe's of a difference of two (Interval estimation for the difference
between independent proportions, Statistics in Medicine 17, 1998, method 10) hold for few cases too, and for
shares near none or all. McNemar's test, exact, is for pairs: only those count that came out differently.
"""

from __future__ import annotations

from math import comb, sqrt

Z = 1.959964  # 95 %
Interval = tuple[float, float]


def wilson(met: int, of: int, z: float = Z) -> Interval:
    """Between which shares the true one lies, for 95 % unless `z` says more; anything where nothing was
    counted."""
    if not of:
        return 0.0, 1.0
    share, spread = met / of, z * z / of
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    # At the ends it is exact, and reckoning is not.
    return max(0.0, centre - half) if met else 0.0, min(1.0, centre + half) if met < of else 1.0


def newcombe(met: int, of: int, other_met: int, other_of: int, z: float = Z) -> Interval:
    """Between what the first share lies above the other one, for 95 % unless `z` says more."""
    share, other = met / of, other_met / other_of
    (low, high), (other_low, other_high) = wilson(met, of, z), wilson(other_met, other_of, z)
    gap = share - other
    below = sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return gap - below, gap + above


def at_most(fewer: int, differing: int) -> float:
    """How likely at most so many of the differing ones fall on one side, where either is as likely."""
    return float(sum(comb(differing, at) for at in range(fewer + 1)) / 2**differing)


def mcnemar(one: int, other: int) -> float:
    """How likely so uneven a split is if both are equally good: exact, two-sided; 1 where none differ."""
    return min(1.0, 2 * at_most(min(one, other), one + other))
