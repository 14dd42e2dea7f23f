"""Lines in the order in which they are read: a page of two columns is read column by column. Pure.

A gutter is a strip that the text on both sides leaves free. What goes across it (a title, a wide table) parts
the page; above and below it the columns are read apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from knowledge.loaders.pdf.lines import Line, gaps, line_of

Zone = list[Line]
DEEPEST = 2
NARROWEST = 8.0  # points of a gutter
LEAST_LINES = 8
PROSE = 3.0  # words in a line of running text


def in_reading_order(lines: list[Line], depth: int = 0) -> list[Zone]:
    gutter = _gutter(lines) if depth < DEEPEST else None
    if gutter is None:
        return [lines]
    zones: list[Zone] = []
    beside: list[Line] = []
    across: list[Line] = []
    for line in lines:
        if _crosses(line, gutter):
            zones += _columns(beside, gutter, depth)
            beside = []
            across.append(line)
        else:
            zones += [across] if across else []
            across = []
            beside.append(line)
    return [*zones, *([across] if across else []), *_columns(beside, gutter, depth)]


def _columns(lines: list[Line], gutter: float, depth: int) -> list[Zone]:
    sides: list[list[Line]] = [[], []]
    for line in lines:
        for side, part in zip(sides, _parts(line, gutter), strict=True):
            if part is not None:
                side.append(part)
    return [zone for side in sides if side for zone in in_reading_order(side, depth + 1)]


def _parts(line: Line, gutter: float) -> tuple[Line | None, Line | None]:
    if not line.words:
        return (line, None) if line.x0 < gutter else (None, line)
    left = [word for word in line.words if word.x0 < gutter]
    right = [word for word in line.words if word.x0 >= gutter]
    return (line_of(left) if left else None), (line_of(right) if right else None)


def _crosses(line: Line, x: float) -> bool:
    if not line.words:
        return line.x0 < x < line.x1
    return any(word.x0 < x < word.x1 for word in line.words) or any(
        left < x < right and right - left < NARROWEST for left, right in gaps(line)
    )


def _gutter(lines: list[Line]) -> float | None:
    texts = [line for line in lines if line.words]
    if len(texts) < LEAST_LINES:
        return None
    left, right = min(line.x0 for line in texts), max(line.x1 for line in texts)
    candidates = Counter(
        round(x) for line in texts for x in _starts(line) if 0.25 < (x - left) / max(right - left, 1) < 0.75
    )
    for x, _times in candidates.most_common(5):
        if _parts_text(texts, x - NARROWEST / 2, (left, right)):
            return x - NARROWEST / 2
    return None


def _starts(line: Line) -> Iterator[float]:
    """Where a column may begin: at the first word, and behind each wide gap."""
    yield line.x0
    yield from (right for left, right in gaps(line) if right - left >= NARROWEST)


def _parts_text(lines: list[Line], x: float, reach: tuple[float, float]) -> bool:
    """Whether both sides of it are running text that fills its column."""
    beside = [line for line in lines if not _crosses(line, x)]
    sides = list(zip(*(_parts(line, x) for line in beside), strict=True)) if beside else [(), ()]
    for side, width in zip(sides, (x - reach[0], reach[1] - x), strict=True):
        own = [line for line in side if line is not None]
        if len(own) < LEAST_LINES // 2:
            return False
        words = sum(len(line.words) for line in own) / len(own)
        full = sum(line.x1 - line.x0 > 0.6 * width for line in own)
        if words < PROSE or full < 0.5 * len(own):
            return False
    return len(beside) >= LEAST_LINES and len(beside) >= 0.3 * len(lines)
