"""How far reviewers agree, beyond what chance would bring: Cohen's kappa for two, Fleiss' for all. Pure.

Cohen, A coefficient of agreement for nominal scales (1960); Fleiss, Measuring nominal scale agreement among
many raters (1971). Answers are judged by different numbers of reviewers: an answer of n reviewers counts with
its n·(n−1) pairs, which for a fixed n is Fleiss' own figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

ENOUGH = 20  # answers judged by several, below which a figure says next to nothing


@dataclass(frozen=True)
class Agreement:
    """`share` of pairs of judgements that are the same (0 … 1); `kappa` 1 for complete agreement, 0 for what
    chance brings, None where chance brings complete agreement too; `items` that were judged by several."""

    items: int
    share: float | None
    kappa: float | None

    @property
    def is_enough(self) -> bool:
        return self.items >= ENOUGH


Judged = Mapping[Hashable, str]  # by reviewer


def fleiss(items: Iterable[Judged]) -> Agreement:
    """Of all reviewers; an answer that only one has judged says nothing of agreement."""
    several = [list(judged.values()) for judged in items if len(judged) > 1]
    if not several:
        return Agreement(0, None, None)
    pairs = sum(len(one) * (len(one) - 1) for one in several)
    same = sum(number * (number - 1) for one in several for number in Counter(one).values())
    spread = Counter(verdict for one in several for verdict in one)
    return _beyond_chance(len(several), same / pairs, [n / spread.total() for n in spread.values()])


def cohen(items: Iterable[Judged], one: Hashable, other: Hashable) -> Agreement:
    """Of two reviewers, over the answers that both have judged; each with their own habits."""
    both = [(judged[one], judged[other]) for judged in items if one in judged and other in judged]
    if not both:
        return Agreement(0, None, None)
    first, second = Counter(a for a, _b in both), Counter(b for _a, b in both)
    by_chance = sum(first[verdict] * second[verdict] for verdict in first) / len(both) ** 2
    return _kappa(len(both), sum(a == b for a, b in both) / len(both), by_chance)


def pairs_of(items: Sequence[Judged]) -> list[tuple[Hashable, Hashable]]:
    """Reviewers who have judged the same answers, those with the most in common first."""
    met = Counter(pair for judged in items for pair in combinations(sorted(judged, key=str), 2))
    return [pair for pair, _number in met.most_common()]


def _beyond_chance(items: int, share: float, spread: Sequence[float]) -> Agreement:
    return _kappa(items, share, sum(part**2 for part in spread))


def _kappa(items: int, share: float, by_chance: float) -> Agreement:
    kappa = None if by_chance >= 1.0 else (share - by_chance) / (1.0 - by_chance)
    return Agreement(items, share, kappa)
