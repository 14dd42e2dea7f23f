"""What can be the best score of a question, whatever words are worth beside meaning. Pure.

A score is `meaning + share · words`. Of all passages only a few can be the best one for some share: those on
the upper hull of both. They are kept where a floor is measured, so that the floor is known for any share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Front = list[tuple[float, float]]  # meaning and words, most meaning first


def front_of(sides: Iterable[tuple[float, float]]) -> Front:
    """Those of `sides` (meaning, words) that are the best for some share from none upwards."""
    hull: Front = []
    for meaning, words in sorted(sides, key=lambda side: (-side[0], -side[1])):
        if hull and words <= hull[-1][1]:
            continue
        while len(hull) > 1 and _is_below(hull[-1], hull[-2], (meaning, words)):
            hull.pop()
        hull.append((meaning, words))
    return hull


def _is_below(one: tuple[float, float], before: tuple[float, float], after: tuple[float, float]) -> bool:
    """Whether it is nowhere better than both its neighbours."""
    gained = (one[1] - before[1]) * (before[0] - after[0])
    return gained <= (after[1] - before[1]) * (before[0] - one[0])


def best_at(front: Sequence[Sequence[float]], share: float) -> float:
    """The best score where words are worth so much; 0 where nothing was found."""
    return max((meaning + share * words for meaning, words in front), default=0.0)
