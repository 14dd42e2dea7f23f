"""Where everything stands in the drawings of a training: the server writes them as SVG. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from training.mixing import Matrix

LEVELS = 4  # of how dark a cell is
NAME = 184  # for the names at the left
LETTERS = 26  # of a name, as many as fit beside its number
HEAD = 26
CELL, SMALL_CELL, MANY = 26, 16, 20  # from so many flows on, cells are small


@dataclass(frozen=True, slots=True)
class Square:
    x: int
    y: int
    right: bool
    level: int  # from 1; 0 for nothing
    times: int
    label: str
    began: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row and the column of the same number."""

    at: int
    number: str
    name: str
    label: str


@dataclass(frozen=True)
class DrawnMatrix:
    width: int
    height: int
    cell: int
    left: int = NAME
    head: int = HEAD
    lines: list[Line] = field(default_factory=list)
    squares: list[Square] = field(default_factory=list)

    @property
    def middle(self) -> int:
        return self.cell // 2


def drawn(matrix: Matrix, names: Sequence[str]) -> DrawnMatrix:
    """`names` are those of its order."""
    cell = SMALL_CELL if len(matrix.order) > MANY else CELL
    size = cell * len(matrix.order)
    found = DrawnMatrix(NAME + size + 2, HEAD + size + 2, cell)
    for at, (label, name) in enumerate(zip(matrix.order, names, strict=True)):
        number = str(at + 1) if label else "–"
        short = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
        found.lines.append(Line(at * cell, number, short, label))
    for row, label in enumerate(matrix.order):
        whole = matrix.whole(label)
        for column, began in enumerate(matrix.order):
            times = matrix.cells.get((label, began), 0)
            if times:
                level = min(LEVELS, 1 + int(LEVELS * times / max(1, whole)))
                x, y = NAME + column * cell, HEAD + row * cell
                found.squares.append(Square(x, y, label == began, level, times, label, began))
    return found


WIDE, HIGH = 560, 260  # of the other drawings
LEFT, BOTTOM, TOP, RIGHT = 44, 34, 12, 24


def across(share: float) -> float:
    """Where on the drawing a share from 0 to 1 is, from left to right."""
    return round(LEFT + share * (WIDE - LEFT - RIGHT), 1)


def up(share: float) -> float:
    return round(HIGH - BOTTOM - share * (HIGH - BOTTOM - TOP), 1)


@dataclass(frozen=True, slots=True)
class Point:
    """`low` and `high` are the ends of its bar; `size` is for a circle."""

    x: float
    y: float
    low: float
    high: float
    size: float = 4.0


@dataclass(frozen=True)
class DrawnLine:
    points: list[Point]
    steps: list[tuple[float, str]]  # the lines behind it, with what stands beside them
    below: list[tuple[float, str]]
    width: int = WIDE
    height: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    bottom: int = HIGH - BOTTOM
    top: int = TOP

    @property
    def way(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def line(
    values: Sequence[tuple[float, float, float, float, float]], below: Sequence[tuple[float, str]],
    said: Sequence[tuple[float, str]],
) -> DrawnLine:  # fmt: skip
    """`values`: where (0 to 1), how much, from, to, size. `said`: the shares at the left, in words."""
    points = [Point(across(x), up(y), up(low), up(high), size) for x, y, low, high, size in values]
    return DrawnLine(
        points, [(up(at), words) for at, words in said], [(across(at), words) for at, words in below]
    )
