"""Tables without ruling lines: words below each other in columns, with nothing between these. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.loaders.pdf.lines import Line, Rows, gaps
from knowledge.loaders.pdf.marks import item_mark
from knowledge.loaders.pdf.page import Word

WIDE = 0.9  # times the size of the letters: no space between two words is as wide
CLOSE = 0.6  # what parts two columns is wider than this
FARTHEST = 3.5  # times the size: rows of one table are not farther apart
LEAST_ROWS = 3
MOST_WORDS = 6  # in a cell, on average; else it is running text
Span = tuple[float, float]


def with_aligned_tables(lines: Sequence[Line]) -> list[Line]:
    done: list[Line] = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        rows = _rows(lines[at:end])
        if rows:
            run = lines[at:end]
            done.append(Line([], min(x.x0 for x in run), max(x.x1 for x in run), run[0].y, run[0].size, rows))
            at = end
        else:
            done.append(lines[at])
            at += 1
    return done


def _run(lines: Sequence[Line], start: int) -> int:
    """Where the lines end that may be rows of one table: gappy ones, and short ones within their columns."""
    if not _is_gappy(lines[start]):
        return start
    end = start + 1
    while end < len(lines) and _goes_on(lines, start, end):
        end += 1
    while end > start and not _is_gappy(lines[end - 1]):
        end -= 1
    return end


def _goes_on(lines: Sequence[Line], start: int, at: int) -> bool:
    line = lines[at]
    if not line.words or line.y - lines[at - 1].y > FARTHEST * line.size:
        return False
    if _is_gappy(line):
        return True
    columns = _columns(lines[start:at])
    inside = sum(
        left - CLOSE * line.size <= line.x0 and line.x1 <= right + line.size for left, right in columns
    )
    return inside == 1 and len(line.words) <= MOST_WORDS


def _is_gappy(line: Line) -> bool:
    """A bullet or number is followed by a wide gap too, but that is a list."""
    mark = 1 if line.words and item_mark(line) else 0
    found = list(gaps(line))[mark:]
    return any(right - left >= WIDE * line.size for left, right in found)


def _rows(lines: Sequence[Line]) -> Rows:
    if len(lines) < LEAST_ROWS:
        return []
    columns = _columns(lines)
    rows = [_cells(line, columns) for line in lines]
    filled = [cell for row in rows for cell in row if cell]
    tabular = sum(sum(map(bool, row)) >= 2 for row in rows) >= 0.6 * len(rows)
    brief = sum(len(cell.split()) for cell in filled) <= MOST_WORDS * max(len(filled), 1)
    return rows if len(columns) >= 2 and tabular and brief else []


def _columns(lines: Sequence[Line]) -> list[Span]:
    words = sorted((word for line in lines for word in line.words), key=lambda word: word.x0)
    columns: list[Span] = []
    for word in words:
        if columns and word.x0 - columns[-1][1] < CLOSE * word.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], word.x1))
        else:
            columns.append((word.x0, word.x1))
    return columns


def _cells(line: Line, columns: Sequence[Span]) -> list[str]:
    cells: list[list[str]] = [[] for _ in columns]
    for word in line.words:
        cells[_column(word, columns)].append(word.text)
    return [" ".join(cell) for cell in cells]


def _column(word: Word, columns: Sequence[Span]) -> int:
    return next(at for at, (_left, right) in enumerate(columns) if word.x0 <= right)
