"""Where a line of runs stands in a drawing, which the server writes as SVG. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

WIDE, HIGH = 360, 140
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 10, 24
RULES = 3  # lines across


@dataclass(frozen=True)
class Spot:
    """A value of a run; None where nothing is known. `bounds`: within what it lies."""

    run: int
    at: datetime
    value: float | None
    words: str
    hollow: bool = False
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    run: int
    words: str
    hollow: bool
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Drawn:
    """`rules` are lines across with their values; `way` joins the dots of what customers got."""

    NEAR: ClassVar[timedelta] = timedelta(days=2)  # within so long, the day alone tells nothing apart

    rules: tuple[tuple[float, float], ...]
    dots: tuple[Dot, ...]
    way: str
    first: datetime
    last: datetime
    percent: bool
    width: int = WIDE
    height: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    bottom: int = HIGH - BOTTOM

    @property
    def by_hour(self) -> bool:
        return self.last - self.first <= self.NEAR


def drawn(spots: Sequence[Spot], *, high: float = 0.0, percent: bool = False) -> Drawn:
    """Each run as far from the next as the others: when nothing was run is of no interest. `high`: what it
    reaches to, 0 for the highest value; `percent`: values are shares. Raises ValueError without a value."""
    known = [spot.value for spot in spots if spot.value is not None]
    if not known:
        raise ValueError("nothing to draw")
    reach = high or max(known) * 1.1 or 1.0
    steps = max(1, len(spots) - 1)
    dots = [
        _dot(spot, LEFT + at * (WIDE - LEFT - RIGHT) / steps, reach)
        for at, spot in enumerate(spots)
        if spot.value is not None
    ]
    way = " ".join(f"{dot.x},{dot.y}" for dot in dots if not dot.hollow)
    rules = tuple((_down(reach * at / (RULES - 1), reach), reach * at / (RULES - 1)) for at in range(RULES))
    return Drawn(rules, tuple(dots), way, spots[0].at, spots[-1].at, percent)


def _dot(spot: Spot, x: float, reach: float) -> Dot:
    assert spot.value is not None
    low, high = (_down(bound, reach) for bound in spot.bounds) if spot.bounds else (None, None)
    return Dot(round(x, 1), _down(spot.value, reach), spot.run, spot.words, spot.hollow, low, high)


def _down(value: float, reach: float) -> float:
    """From the top."""
    part = min(1.0, max(0.0, value / reach))
    return round(TOP + (1 - part) * (HIGH - TOP - BOTTOM), 1)
