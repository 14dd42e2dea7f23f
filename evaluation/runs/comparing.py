"""Whether one side of a run is better than another, and whether that is certain. Pure.

Every scenario is a pair, so that what makes some of them hard for everybody is not taken for a difference.
Whether a share differs is told by McNemar's exact test on the pairs that came out differently; between what
the difference may lie, by the 95 % percentile bootstrap over scenarios, which also holds where each was run
several times. "Better" is said only where both agree. By how much is not said of fewer pairs than the
bootstrap needs; the test is exact for few, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from django.utils.translation import gettext as _

from chatbot.chance import mcnemar

SURE = 0.05
RESAMPLED = 5_000
FEWEST_DIFFERENT = 6  # pairs: with fewer, McNemar's test cannot come below SURE whatever they say
FEWEST_PAIRS = 20  # with fewer, a percentile bootstrap is far too narrow: of nine that are alike, 0.0 to 0.0
Said = Literal["better", "worse", "unsure", "same", "few"]


@dataclass(frozen=True, slots=True)
class Compared:
    """The second side against the first. `only_first` and `only_second`: scenarios that only one of them
    passed; `gap` is between the shares, from -1 to 1, with its 95 % interval; `p` is McNemar's."""

    pairs: int
    both: int
    only_first: int
    only_second: int
    neither: int
    gap: float
    low: float
    high: float
    p: float
    said: Said

    @property
    def is_within(self) -> bool:
        """Whether `low` and `high` tell anything: of few pairs, or where all came out alike, they do not."""
        return self.pairs >= FEWEST_PAIRS and self.low < self.high


def compare(first: Mapping[int, Sequence[bool]], second: Mapping[int, Sequence[bool]]) -> Compared | None:
    """Whether each scenario, by its place, passed each time. None where no pair was run on both sides."""
    places = sorted(place for place in first if first[place] and second.get(place))
    if not places:
        return None
    one = np.array([np.mean(first[place]) for place in places])
    two = np.array([np.mean(second[place]) for place in places])
    ahead, behind = int((two > one).sum()), int((one > two).sum())
    low, high = interval(two - one)
    p = mcnemar(behind, ahead)
    gap = float((two - one).mean())
    both, neither = int(((one == 1) & (two == 1)).sum()), int(((one == 0) & (two == 0)).sum())
    said = _said(gap, low, high, p, different=ahead + behind)
    return Compared(len(places), both, behind, ahead, neither, gap, low, high, p, said)


def _said(gap: float, low: float, high: float, p: float, *, different: int) -> Said:
    if not different:
        return "same"
    if different < FEWEST_DIFFERENT:
        return "few"
    if p < SURE and (low > 0 or high < 0):
        return "better" if gap > 0 else "worse"
    return "unsure"


def interval(differences: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """Of their mean, 95 %, by the percentile bootstrap; the seed makes it the same each time it is shown."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, len(differences), size=(RESAMPLED, len(differences)), dtype=np.int32)
    low, high = np.percentile(differences[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def in_words(found: Compared, first: str, second: str) -> str:
    """Which one is better, and whether that is certain."""
    low, high = sorted((abs(found.low), abs(found.high)))
    known = {
        "first": first,
        "second": second,
        "pairs": found.pairs,
        "both": found.both,
        "different": found.only_first + found.only_second,
        "low": _points(low),
        "high": _points(high),
    }
    words = WORDS if found.is_within or found.said not in WITHOUT_INTERVAL else WITHOUT_INTERVAL
    return str(words[found.said]()) % known


def in_short(found: Compared, second: str) -> str:
    """The same in a few words, where its figures stand beside it."""
    return str(SHORT[found.said]()) % {"second": second}


def _points(share: float) -> int:
    return round(100 * share)


WORDS = {
    "better": lambda: _("“%(second)s” is better: by %(low)d to %(high)d points of 100 (95 %%)."),
    "worse": lambda: _("“%(second)s” is worse: by %(low)d to %(high)d points of 100 (95 %%)."),
    "unsure": lambda: _(
        "No difference that could not be chance: of %(pairs)d scenarios %(different)d came out differently."
    ),
    "few": lambda: _(
        "Too few to tell: only %(different)d of %(pairs)d scenarios came out differently. Six would have to, "
        "and all the same way, before anything can be said."
    ),
    "same": lambda: _("All %(pairs)d scenarios came out the same: %(both)d as expected."),
}
WITHOUT_INTERVAL = {
    "better": lambda: _(
        "“%(second)s” is better: of %(pairs)d scenarios %(different)d came out differently. They are too few "
        "to say by how much."
    ),
    "worse": lambda: _(
        "“%(second)s” is worse: of %(pairs)d scenarios %(different)d came out differently. They are too few "
        "to say by how much."
    ),
}
SHORT = {
    "better": lambda: _("“%(second)s” is better"),
    "worse": lambda: _("“%(second)s” is worse"),
    "unsure": lambda: _("no certain difference"),
    "few": lambda: _("too few differ to tell"),
    "same": lambda: _("no difference"),
}
