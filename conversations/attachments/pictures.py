"""A customer's picture, drawn anew with a small one beside it. Pure. Runs in the reading process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from untrusted.pictures import bare, is_picture, save

__all__ = ["draw", "is_picture"]

LONGEST_SIDE = 4096
THUMBNAIL = 480


@dataclass(frozen=True)
class Drawn:
    media_type: str
    thumbnail: str  # its media type


def draw(source: Path, *, to: Path, thumbnail: Path) -> Drawn:
    """Raises Refusal when it cannot be read."""
    found = bare(source, within=(LONGEST_SIDE, LONGEST_SIDE))
    media_type = save(found.image, to, as_png=found.as_png)
    found.image.thumbnail((THUMBNAIL, THUMBNAIL))
    return Drawn(media_type, save(found.image, thumbnail, as_png=found.has_holes))
