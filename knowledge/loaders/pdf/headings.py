"""Which lines are headings: larger than the text, or bold, or numbered, and alone. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.loaders.pdf.lines import Line
from knowledge.loaders.pdf.marks import number_depth

LARGER = 1.12  # times the size of the text
MOST_WORDS = 16
MOST_CHARACTERS = 130
DEEPEST = 4
APART = 1.25  # times the usual distance of lines


@dataclass(frozen=True)
class Look:
    """How the text of a document looks: its size, the distance of its lines, the larger sizes in it."""

    size: float
    leading: float
    larger: tuple[float, ...]


def look_of(lines: Iterable[Line]) -> Look:
    sizes: Counter[float] = Counter()
    distances: Counter[float] = Counter()
    before: Line | None = None
    for line in lines:
        if line.words:
            sizes[_rounded(line.size)] += len(line.text)
            if before is not None and 0.8 * line.size <= line.y - before.y <= 3 * line.size:
                distances[round((line.y - before.y) / line.size, 1)] += 1
            before = line
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    larger = sorted((each for each in sizes if each >= LARGER * size), reverse=True)
    leading = distances.most_common(1)[0][0] if distances else 1.2
    return Look(size, leading, tuple(larger))


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def heading_level(line: Line, look: Look, *, above: float, below: float) -> int:
    """0 when it is none. `above` and `below`: how far the lines around are, in usual distances."""
    text = line.text
    if not _could_be(text):
        return 0
    depth = number_depth(text)
    alone = above >= APART
    if _rounded(line.size) in look.larger:
        return min(max(depth, 1 + look.larger.index(_rounded(line.size))), DEEPEST)
    deepest = min(len(look.larger) + 1, DEEPEST)
    if line.bold and (alone or below >= APART):
        return min(max(depth, deepest), DEEPEST)
    if depth >= 2 and alone and below >= APART and not text.endswith("."):
        return min(depth, DEEPEST)
    capitals = text.isupper() and not re.search(r"\d", text) and len(text) >= 5
    return deepest if capitals and alone and len(text.split()) <= 8 else 0


def _could_be(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    short = len(text) <= MOST_CHARACTERS and len(text.split()) <= MOST_WORDS
    return short and letters >= max(3, 0.4 * len(text.replace(" ", ""))) and not text.endswith((",", ";"))
