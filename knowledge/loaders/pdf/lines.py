"""Words that stand on one line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.loaders.pdf.page import Word

Rows = list[list[str]]


@dataclass
class Line:
    """Words from left to right; or, instead of words, a whole table that stands between the lines."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    rows: Rows = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


def line_of(words: Sequence[Word]) -> Line:
    ordered = sorted(words, key=lambda word: word.x0)
    largest = max(ordered, key=lambda word: (len(word.text) > 1, word.size))
    return Line(ordered, ordered[0].x0, max(word.x1 for word in ordered), largest.y, largest.size)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """From top to bottom. A raised or lowered sign belongs to the line it stands nearest to."""
    return [line_of(group) for group in _groups(sorted(words, key=lambda word: (word.y, word.x0)))]


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    base = size = 0.0
    for word in words:
        if group and word.y - base > 0.45 * max(size, word.size):
            yield group
            group = []
        if not group or word.size > size:
            base, size = word.y, word.size
        group.append(word)
    if group:
        yield group


def gaps(line: Line) -> Iterator[tuple[float, float]]:
    """From where to where there is nothing between two words."""
    for left, right in zip(line.words, line.words[1:], strict=False):
        if right.x0 > left.x1:
            yield left.x1, right.x0
