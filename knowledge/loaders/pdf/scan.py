"""A scanned page, read by Tesseract where it is installed; nothing depends on it.

The page is drawn at a moderate resolution and handed over as it is, without a library for pictures between.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from knowledge.loaders.base import Refusal

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

RESOLUTION = 200 / 72
MAX_PIXELS = 6_000_000  # drawn: a large page gets fewer dots
MAX_PICTURE = 60_000_000  # pixels of a picture in the file; A4 at 600 dpi has 35 million
MOST = 30  # pages of a file
SECONDS = 30
WANTED = ("eng", "fra")


def read_scan(page: PdfPage, number: int) -> str:
    """Markdown. Raises Refusal when nobody here can read it."""
    from knowledge.plain import text_to_markdown

    engine = shutil.which("tesseract")
    if engine is None or number >= MOST:
        raise Refusal("scan_without_text")
    command = [engine, "stdin", "stdout", *(["-l", spoken] if (spoken := _languages(engine)) else [])]
    try:
        done = subprocess.run(command, input=_drawn(page), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise Refusal("scan_without_text") from error
    text = text_to_markdown(done.stdout.decode("utf-8", errors="replace").replace("\f", "\n"))
    if not text:
        raise Refusal("scan_without_text")
    return text


@cache
def _languages(engine: str) -> str:
    try:
        done = subprocess.run([engine, "--list-langs"], capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError):
        return ""
    return "+".join(language for language in WANTED if language in done.stdout.decode().split())


def _drawn(page: PdfPage) -> bytes:
    """A grey picture in the plainest of formats (PGM). A picture of too many pixels is not unpacked."""
    from pypdfium2 import raw

    if any(_pixels(drawn.raw) > MAX_PICTURE for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])):
        raise Refusal("scan_too_large")
    width, height = page.get_size()
    scale = min(RESOLUTION, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)


def _pixels(picture: object) -> int:
    import ctypes

    from pypdfium2 import raw

    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(picture, width, height)
    return width.value * height.value
