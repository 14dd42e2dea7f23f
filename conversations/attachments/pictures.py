"""A customer's picture, drawn anew: only its pixels stay. Pure.

Where it was taken, by whom, and whatever else was hidden in the file is gone then, as are bytes that would
mean something to a browser that takes it for a page. Runs in the reading process.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from untrusted.base import Refusal

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MOST_PIXELS = 50_000_000  # of the largest cameras in telephones
LONGEST_SIDE = 4096
THUMBNAIL = 480
QUALITY = 88


@dataclass(frozen=True)
class Drawn:
    media_type: str
    thumbnail: str  # its media type


def is_picture(source: Path) -> bool:
    """Whether it begins as one of the formats does; not whether it is whole. Raises Refusal for a bomb."""
    try:
        with _opened(source):
            return True
    except OSError:  # also Pillow's UnidentifiedImageError
        return False


def draw(source: Path, *, to: Path, thumbnail: Path) -> Drawn:
    """Raises Refusal when it cannot be read."""
    with _opened(source) as image:
        as_png = image.format in ("PNG", "GIF") or _has_holes(image)
        mode = "RGBA" if _has_holes(image) else "RGB"
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG need not be unpacked larger than that
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        bare = _bare(image, mode)
    _save(bare, to, as_png=as_png)
    bare.thumbnail((THUMBNAIL, THUMBNAIL))
    _save(bare, thumbnail, as_png=mode == "RGBA")
    return Drawn(_media_type(as_png), _media_type(mode == "RGBA"))


def _opened(source: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(source, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("too_many_pixels", most=MOST_PIXELS // 1_000_000) from error


def _has_holes(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _bare(image: Image.Image, mode: str) -> Image.Image:
    """The pixels alone, the right way up, on a picture that has never had anything else."""
    upright = ImageOps.exif_transpose(image).convert(mode)
    bare = Image.new(mode, upright.size)
    bare.paste(upright)
    return bare


def _save(picture: Image.Image, to: Path, *, as_png: bool) -> None:
    if as_png:
        picture.save(to, "PNG")
    else:
        picture.save(to, "JPEG", quality=QUALITY, optimize=True)


def _media_type(as_png: bool) -> str:
    return "image/png" if as_png else "image/jpeg"
