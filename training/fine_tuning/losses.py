"""How the losses fell, as a drawing and as a table. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from training.drawing import DrawnLine, line

MOST_POINTS = 240  # of a line: more cannot be seen
MOST_ROWS = 40  # of the table
RULES = 4  # behind the lines, about
PARTS = 6  # of the steps, below them, about

One = TypeVar("One")
Seen = tuple[int, float | None, float | None]  # step, on what it learns, on what is held out


@dataclass(frozen=True)
class DrawnLosses:
    train: DrawnLine
    valid: DrawnLine
    rows: list[Seen]


def drawn(seen: Sequence[Seen], steps: int = 0) -> DrawnLosses | None:
    """None where there are not two points of a line to draw. With all `steps` that there will be, the line
    grows while they are done."""
    losses = [value for _step, *both in seen for value in both if value is not None]
    if len(seen) < 2 or not losses:
        return None
    last, rules = max(steps, *(step for step, _train, _valid in seen), 1), _rules(max(losses))
    below = [
        (number / last, f"{number:g}") for number in _rules(last, PARTS, whole=True) if 0 < number <= last
    ]
    said = [(value / rules[-1], f"{value:g}") for value in rules]
    top = rules[-1]
    train = _points([(step / last, train / top) for step, train, _valid in seen if train is not None])
    valid = _points([(step / last, valid / top) for step, _train, valid in seen if valid is not None])
    return DrawnLosses(line(train, below, said), line(valid, below, said), _rows(seen))


def _points(places: Sequence[tuple[float, float]]) -> list[tuple[float, float, float, float, float]]:
    return [(x, y, y, y, 3.0) for x, y in thinned(places, MOST_POINTS)]


def _rows(seen: Sequence[Seen]) -> list[Seen]:
    """Those with both losses tell more than the others."""
    both = [one for one in seen if one[2] is not None]
    return thinned(both or seen, MOST_ROWS)


def thinned(several: Sequence[One], most: int) -> list[One]:
    """Evenly, with the first and the last."""
    if len(several) <= most:
        return list(several)
    apart = (len(several) - 1) / (most - 1)
    return [several[round(number * apart)] for number in range(most)]


def _rules(highest: float, parts: int = RULES, *, whole: bool = False) -> list[float]:
    """From nothing to above the highest value, in round steps."""
    rough = max(highest, 1e-6) / parts
    power = 10.0 ** math.floor(math.log10(rough))
    apart = next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= rough - 1e-12)
    apart = max(1.0, round(apart)) if whole else apart
    number = math.ceil(highest / apart - 1e-9) or 1
    return [round(apart * at, 10) for at in range(number + 1)]
