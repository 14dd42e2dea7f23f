"""Tables that are ruled: cells are what lies between the lines. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.loaders.pdf.lines import Line, Rows, line_of, lines_of
from knowledge.loaders.pdf.page import Edge, Page, Word

NEAR = 3.0  # points: lines that meet, and two sides of one thick line
MAX_CELLS = 5_000
FILLED = 0.3  # of the cells; else it is a drawing


@dataclass(frozen=True)
class Grid:
    xs: list[float]
    ys: list[float]

    def holds(self, word: Word) -> bool:
        x, y = _middle(word)
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]


def with_ruled_tables(lines: list[Line], page: Page) -> list[Line]:
    """The lines, with each ruled table as one line in place of those it is made of."""
    for grid in _grids(page.edges):
        inside = [word for line in lines for word in line.words if grid.holds(word)]
        rows = _rows(grid, inside)
        if rows:
            outside = [_without(line, grid) for line in lines]
            table = Line([], grid.xs[0], grid.xs[-1], grid.ys[0], max(word.size for word in inside), rows)
            lines = sorted([*filter(None, outside), table], key=lambda line: line.y)
    return lines


def _without(line: Line, grid: Grid) -> Line | None:
    if not line.words:
        return line
    kept = [word for word in line.words if not grid.holds(word)]
    return line if len(kept) == len(line.words) else line_of(kept) if kept else None


def _rows(grid: Grid, words: Sequence[Word]) -> Rows:
    """Nothing when it is no table after all: a frame around a text, a drawing."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = _middle(word)
        cells.setdefault((_between(grid.ys, y), _between(grid.xs, x)), []).append(word)
    rows = [
        [
            " ".join(line.text for line in lines_of(cells.get((row, column), [])))
            for column in range(len(grid.xs) - 1)
        ]
        for row in range(len(grid.ys) - 1)
    ]
    rows = [row for row in rows if any(row)]
    kept = [column for column in range(len(grid.xs) - 1) if any(row[column] for row in rows)]
    rows = [[row[column] for column in kept] for row in rows]
    filled = sum(map(bool, (cell for row in rows for cell in row)))
    good = len(rows) >= 2 and len(kept) >= 2 and filled >= FILLED * len(rows) * len(kept)
    return rows if good else []


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, word.y - 0.3 * word.size


def _between(marks: Sequence[float], value: float) -> int:
    return max(at for at, mark in enumerate(marks[:-1]) if mark <= value or at == 0)


def _grids(edges: Sequence[Edge]) -> list[Grid]:
    grids = []
    for group in _touching(edges):
        xs = _merged(edge.x0 for edge in group if not edge.flat)
        ys = _merged(edge.y0 for edge in group if edge.flat)
        if len(xs) >= 3 and len(ys) >= 3 and len(xs) * len(ys) <= MAX_CELLS:
            grids.append(Grid(xs, ys))
    return grids


def _merged(values: object) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):  # type: ignore[call-overload]
        if not merged or value - merged[-1] > NEAR:
            merged.append(value)
    return merged


def _touching(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Groups of lines that meet: each may be one table. A group reaches as far as the box around it."""
    groups: list[tuple[Edge, list[Edge]]] = []
    for edge in sorted(edges, key=lambda edge: (edge.y0, edge.x0)):
        box, own, others = edge, [edge], []
        for other, members in groups:
            if _meet(box, other):
                box, own = _around(box, other), members + own
            else:
                others.append((other, members))
        groups = [*others, (box, own)]
    return [members for _, members in groups]


def _meet(one: Edge, other: Edge) -> bool:
    across = one.x0 <= other.x1 + NEAR and other.x0 <= one.x1 + NEAR
    return across and one.y0 <= other.y1 + NEAR and other.y0 <= one.y1 + NEAR


def _around(one: Edge, other: Edge) -> Edge:
    return Edge(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))
