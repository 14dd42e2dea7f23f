"""What stands on a page, and where: words, ruling lines, pictures. The only module that asks PDFium for them.

Places are in points from the top left corner of the page as it is read, so a page that lies on its side reads
like any other.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

SAMPLES = 50  # letters asked for their direction
SMALLEST = 2.5  # points; what is smaller is there to be found by machines, not read
MAX_CHARACTERS = 60_000  # on a page
MAX_EDGES = 5_000  # more of them are a drawing
SHORTEST = 6.0  # points that a line has to have to rule a table
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
HYPHENS = {0x02, 0xFFFE}  # how PDFium says that a word goes on in the next line
BOLD = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True, slots=True)
class Word:
    """`y` is the line it stands on."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruling line, from left to right or from top to bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def flat(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0


@dataclass
class Page:
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    pictures: int = 0


@dataclass(frozen=True)
class Frame:
    """How the page is read: its size, the corner it starts at, and by how much its text is turned."""

    width: float
    height: float
    left: float
    bottom: float
    turned: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turned == 90:
            return y, x
        if self.turned == 180:
            return self.width - x, y
        if self.turned == 270:
            return self.width - y, self.height - x
        return x, self.height - y


def read_page(page: PdfPage) -> Page:
    text = page.get_textpage()
    count = min(text.count_chars(), MAX_CHARACTERS)
    frame = _frame(page, _direction(text.raw, count))
    read = Page(frame.width, frame.height, list(_words(text.raw, count, frame)))
    text.close()
    read.edges, read.pictures = _drawn(page, frame)
    return read


def _direction(text: Any, count: int) -> int:
    """In which of four directions most of the text runs, whatever the page says of its rotation."""
    directions = Counter(
        round(_angle(text, at) / 90) % 4 * 90 for at in range(0, count, count // SAMPLES + 1)
    )
    return directions.most_common(1)[0][0] if directions else 0


def _angle(text: Any, at: int) -> float:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    return math.degrees(math.atan2(matrix.b, matrix.a)) % 360


def _frame(page: PdfPage, turned: int) -> Frame:
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    return Frame(*((height, width) if turned in (90, 270) else (width, height)), left, bottom, turned)


def _words(text: Any, count: int, frame: Frame) -> Iterator[Word]:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    letters: list[str] = []
    first = 0
    start = end = x0 = x1 = 0.0
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        space = code <= 32 and code not in HYPHENS
        if not space:
            raw.FPDFText_GetLooseCharBox(text, at, box)
            start, end = _along(box, frame)
        if letters and (space or _is_apart(x1, start, box, frame)):
            yield from _word(text, first, "".join(letters), x0, x1, frame)
            letters = []
        if space:
            continue
        if not letters:
            first, x0 = at, start
        letters.append("-" if code in HYPHENS else LIGATURES.get(code) or chr(code))
        x1 = end
    if letters:
        yield from _word(text, first, "".join(letters), x0, x1, frame)


def _along(box: Any, frame: Frame) -> tuple[float, float]:
    """From where to where a letter reaches, in the direction in which the page is read."""
    if not frame.turned:  # nearly always, and this is asked for each letter
        return box.left - frame.left, box.right - frame.left
    one, _ = frame.place(box.left, box.bottom)
    other, _ = frame.place(box.right, box.top)
    return min(one, other), max(one, other)


def _is_apart(before: float, start: float, box: Any, frame: Frame) -> bool:
    upright = frame.turned in (0, 180)
    size = abs(box.top - box.bottom) if upright else abs(box.right - box.left)
    return start - before > 0.5 * size or before - start > 2 * size


def _word(text: Any, at: int, letters: str, x0: float, x1: float, frame: Frame) -> Iterator[Word]:
    """Nothing for what is written across the page, outside of it, or too small to see."""
    from pypdfium2 import raw

    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, at, matrix)
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    _, below = frame.place(x.value, y.value)
    turned = (math.degrees(math.atan2(matrix.b, matrix.a)) - frame.turned) % 360
    seen = size >= SMALLEST and 0 <= below <= frame.height and x1 > 0 and x0 < frame.width
    if seen and (turned < 5 or turned > 355):
        yield Word(letters, x0, x1, below, size, _is_bold(text, at))


def _is_bold(text: Any, at: int) -> bool:
    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, name, 128, flags)
    font = name.value.decode("utf-8", errors="ignore").lower()
    return any(word in font for word in BOLD) or raw.FPDFText_GetFontWeight(text, at) >= 700


def _drawn(page: PdfPage, frame: Frame) -> tuple[list[Edge], int]:
    from pypdfium2 import raw

    edges: list[Edge] = []
    pictures = 0
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif len(edges) <= MAX_EDGES:
            edges += _edges(drawn.raw, frame)
    return (edges if len(edges) <= MAX_EDGES else []), pictures


def _edges(path: Any, frame: Frame) -> Iterator[Edge]:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    before = first = None
    for at in range(min(raw.FPDFPath_CountSegments(path), MAX_EDGES)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        point = frame.place(*_point(segment, matrix))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before:
            yield from _edge(before, point)
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield from _edge(point, first)
        before = point


def _point(segment: Any, matrix: Any) -> tuple[float, float]:
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    across = matrix.a * x.value + matrix.c * y.value + matrix.e
    return across, matrix.b * x.value + matrix.d * y.value + matrix.f


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Edge]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    straight = min(x1 - x0, y1 - y0) < 1.5
    if straight and max(x1 - x0, y1 - y0) >= SHORTEST:
        yield Edge(x0, y0, x1, y1)
