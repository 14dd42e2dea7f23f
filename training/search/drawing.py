"""Where everything stands in the drawing of the weighings that were tried. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

LEVELS = 4  # of how dark a cell is
LEFT, HEAD, CELL = 56, 26, 36


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int
    level: int
    percent: int
    mark: str = ""  # "present", "chosen", "both"


@dataclass(frozen=True)
class DrawnGrid:
    """A row for each share of words, a column for each bar."""

    width: int
    height: int
    lowest: float
    highest: float
    rows: list[tuple[int, float]] = field(default_factory=list)
    columns: list[tuple[int, float]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: int = CELL


def drawn_grid(
    shares: Sequence[float], lifts: Sequence[float], worth: Sequence[Sequence[float]],
    present: tuple[int, int], chosen: tuple[int, int],
) -> DrawnGrid:  # fmt: skip
    every = [value for row in worth for value in row]
    lowest, highest = min(every), max(every)
    found = DrawnGrid(LEFT + CELL * len(lifts) + 2, HEAD + CELL * len(shares) + 2, lowest, highest)
    found.rows.extend((HEAD + at * CELL + CELL // 2 + 4, share) for at, share in enumerate(shares))
    found.columns.extend((LEFT + at * CELL + CELL // 2, lift) for at, lift in enumerate(lifts))
    for row, values in enumerate(worth):
        for column, value in enumerate(values):
            height = (value - lowest) / (highest - lowest) if highest > lowest else 1.0
            level = min(LEVELS, 1 + int(LEVELS * height))
            mark = _mark((row, column), present, chosen)
            x, y = LEFT + column * CELL, HEAD + row * CELL
            found.cells.append(Cell(x, y, level, round(100 * value), mark))
    return found


def _mark(place: tuple[int, int], present: tuple[int, int], chosen: tuple[int, int]) -> str:
    if place == present:
        return "both" if place == chosen else "present"
    return "chosen" if place == chosen else ""
