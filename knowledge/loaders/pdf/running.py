"""What is printed at the edge of each page and belongs to none: running heads, footers, numbers. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from knowledge.loaders.pdf.lines import Line

EDGE = 0.12  # of the height of the page
NEAR = 6.0  # points; it stands at the same place
LEAST = 3  # pages
LARGEST = 1.2  # times the size of the text
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.?|pg\.?)\s*)?\d{1,4}(?:\s*(?:of|de|sur|von|/|–|-)\s*\d{1,4})?\W*|[ivxlc]{1,6}",
    re.IGNORECASE,
)
NUMBER_AT_END = re.compile(r"(?:^|\s)(\d{1,4})\W*$|^\W*(\d{1,4})\s")
MOST_WORDS = 14
Mark = tuple[str, int]


def without_running(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    edges = [list(_edge_of(lines, height)) for lines, height in zip(pages, heights, strict=True)]
    times = Counter(mark for page in edges for mark in {_mark(line) for line in page})
    running = {mark for mark, count in times.items() if _is_often(count, len(pages))}
    steps = Counter(
        step for number, page in enumerate(edges) for step in {_step(line, number) for line in page}
    )
    counting: set[int | None] = {
        step for step, count in steps.items() if step is not None and _is_often(count, len(pages))
    }
    return [
        [
            line
            for line in lines
            if line not in edge or not _is_running(line, number, lines, running, counting)
        ]
        for number, (lines, edge) in enumerate(zip(pages, edges, strict=True))
    ]


def _is_often(count: int, pages: int) -> bool:
    return count >= LEAST and count >= 0.2 * pages


def _is_running(
    line: Line, number: int, lines: list[Line], running: set[Mark], counting: set[int | None]
) -> bool:
    outermost = line is lines[0] or line is lines[-1]
    counts = _step(line, number) in counting or PAGE_NUMBER.fullmatch(line.text) is not None
    return _mark(line) in running or (outermost and counts)


def _step(line: Line, number: int) -> int | None:
    """How far the number of a line ("Chapter 2: Returns 14") is from that of its page in the file."""
    found = NUMBER_AT_END.search(line.text) if len(line.words) <= MOST_WORDS else None
    return int(found[1] or found[2]) - number if found else None


def _edge_of(lines: list[Line], height: float) -> Iterator[Line]:
    """What is larger than the text is a heading, even if each page begins with one."""
    usual = median(line.size for line in lines) if lines else 0
    for line in lines:
        if line.words and line.size <= LARGEST * usual and not EDGE * height < line.y < (1 - EDGE) * height:
            yield line


def _mark(line: Line) -> Mark:
    """The same words at the same height, whatever numbers stand in them."""
    return re.sub(r"\d+", "#", line.text), round(line.y / NEAR)
