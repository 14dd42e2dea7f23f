"""The reading process of pictures for cards: `… flows.pictures.reader SOURCE TARGET`.

Draws a picture anew, small enough for a card; see untrusted/process.py for what it knows and may use. One
line on standard output: `{"media_type": …, "width": …, "height": …}` or `{"refused": …}`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PIL.Image import Image

from untrusted.answering import answer
from untrusted.base import Refusal
from untrusted.pictures import bare, is_picture, save

WIDEST, TALLEST = 1200, 2400


def main(source: Path, target: Path) -> None:
    answer(lambda: _drawn(source, target))


def _drawn(source: Path, target: Path) -> dict[str, Any]:
    if not is_picture(source):
        raise Refusal("wrong_kind")
    found = bare(source, within=(WIDEST, TALLEST))
    media_type = save(found.image, target, as_png=found.as_png)
    if found.as_png and not found.has_holes:
        media_type = _leaner(found.image, target) or media_type
    return {"media_type": media_type, "width": found.image.width, "height": found.image.height}


def _leaner(picture: Image, target: Path) -> str:
    """A photo that came as a PNG: a telephone should not load a megabyte for it. "" where it stays one."""
    lean = target.with_name("lean")
    media_type = save(picture, lean, as_png=False)
    if 2 * lean.stat().st_size > target.stat().st_size:
        return ""
    lean.replace(target)
    return media_type


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
