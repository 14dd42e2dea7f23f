"""Whether a share has changed between two groups of conversations, and whether that can be said. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatbot.chance import newcombe

ENOUGH = 20  # conversations on either side, below which nothing is claimed

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
    low, high = newcombe(after.well, after.asked, before.well, before.asked)
    said: Said = "better" if low > 0 else "worse" if high < 0 else "no_difference"
    return Difference(said, by, low, high)
