"""Whether one weighing ends more questions rightly than another, where both kinds of question count alike.
Pure.

Both are asked the same questions, so only those count that one of them ends rightly and the other does not,
as in McNemar's test. That test counts each question once: of ten that must be declined and a hundred with an
article the ten would say nothing. So each kind is weighed by how many there are of it, and the test stays
exact: if both are equally good, each of those questions falls on either side with the same probability. With
one kind it is McNemar's. The interval is that of a sum of two differences (MOVER; Zou and Donner 2008), each
with Newcombe's for pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from math import comb, sqrt
from typing import Any

from training.apart import ENOUGH, WORSE, Pairs, Said


@dataclass(frozen=True, slots=True)
class Both:
    """The pairs of those with an answer, and of those without; empty where that kind says nothing."""

    answerable: Pairs = Pairs()
    unanswerable: Pairs = Pairs()

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Both:
        return cls(Pairs(**kept["answerable"]), Pairs(**kept["unanswerable"]))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def kinds(self) -> list[Pairs]:
        return [one for one in (self.answerable, self.unanswerable) if one.all]

    @property
    def together(self) -> Pairs:
        one, other = self.answerable, self.unanswerable
        return Pairs(
            one.both + other.both, one.present + other.present, one.candidate + other.candidate,
            one.neither + other.neither,
        )  # fmt: skip

    @property
    def by(self) -> float:
        """The mean of both kinds' shares, less that of the present one."""
        return sum(one.by for one in self.kinds) / len(self.kinds) if self.kinds else 0.0

    @property
    def before(self) -> float:
        return _mean([(one.both + one.present) / one.all for one in self.kinds])

    @property
    def now(self) -> float:
        return _mean([(one.both + one.candidate) / one.all for one in self.kinds])

    @property
    def one_sided(self) -> float:
        """How likely so large a difference to this side is, if both are equally good."""
        reached = abs(self.by) - 1e-12
        return min(1.0, sum(chance for by, chance in self._by_chance() if by >= reached))

    @property
    def chance(self) -> float:
        """The same to either side: 1 where none differ."""
        return min(1.0, 2 * self.one_sided)

    def _by_chance(self) -> Iterator[tuple[float, float]]:
        """Each difference that there may be, with how likely it is."""
        kinds = [(one.present + one.candidate, one.all * len(self.kinds)) for one in self.kinds]
        for won in product(*(range(differing + 1) for differing, _weight in kinds)):
            by, chance = 0.0, 1.0
            for times, (differing, weight) in zip(won, kinds, strict=True):
                by += (2 * times - differing) / weight
                chance *= comb(differing, times) / 2**differing
            yield by, chance

    def between(self) -> tuple[float, float]:
        """Where the true difference lies, for 95 of 100."""
        if not self.kinds:
            return -1.0, 1.0
        parts = [(one.by, *one.between()) for one in self.kinds]
        below = sqrt(sum((by - low) ** 2 for by, low, _high in parts)) / len(parts)
        above = sqrt(sum((high - by) ** 2 for by, _low, high in parts)) / len(parts)
        return self.by - below, self.by + above

    def said(self) -> Said:
        if self.together.all < ENOUGH:
            return "too_few"
        if not self.by or self.one_sided > WORSE:
            return "same"
        return "better" if self.by > 0 else "worse"


def _mean(shares: list[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0
