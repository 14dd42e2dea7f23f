"""A picture from anywhere, drawn anew: only its pixels stay. Pure.

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
QUALITY = 88


@dataclass(frozen=True)
class Bare:
    """The pixels of its first frame, the right way up. `as_png`: it was one, or has holes, which are seen."""

    image: Image.Image
    as_png: bool
    has_holes: bool


def is_picture(source: Path) -> bool:
    """Whether it begins as one of the formats does; not whether it is whole. Raises Refusal for a bomb."""
    try:
        with _opened(source):
            return True
    except OSError:  # also Pillow's UnidentifiedImageError
        return False


def bare(source: Path, *, within: tuple[int, int]) -> Bare:
    """Made smaller where it is larger than `within`. Raises Refusal when it cannot be read."""
    with _opened(source) as image:
        longest = (max(within), max(within))  # whichever way it lies
        image.draft("RGB", longest)  # a JPEG need not be unpacked larger than that
        ready = _ready_to_shrink(image)
        ready.thumbnail(longest)
        upright = ImageOps.exif_transpose(ready)
        upright.thumbnail(within)
        has_holes = _has_holes(upright)
        as_png = image.format in ("PNG", "GIF") or has_holes
        return Bare(_alone(upright, "RGBA" if has_holes else "RGB"), as_png, has_holes)


def save(picture: Image.Image, to: Path, *, as_png: bool) -> str:
    """Gives its media type."""
    if as_png:
        picture.save(to, "PNG")
        return "image/png"
    picture.save(to, "JPEG", quality=QUALITY, optimize=True)
    return "image/jpeg"


def _opened(source: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(source, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("too_many_pixels", most=MOST_PIXELS // 1_000_000) from error


def _ready_to_shrink(image: Image.Image) -> Image.Image:
    """Of a grey picture with 65,536 shades, all but the darkest would be taken for white. A colour that is a
    hole would be mixed with those beside it."""
    if image.mode.startswith("I"):
        hole = image.info.get("transparency")
        image = image.point(lambda shade: shade * (1 / 256)).convert("L")
        if isinstance(hole, int):
            image.info["transparency"] = hole // 256
    keyed = image.mode in ("L", "RGB") and "transparency" in image.info
    return image.convert("RGBA") if keyed else image


def _has_holes(image: Image.Image) -> bool:
    """Many a picture could have some, and has none."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return False
    lowest, _highest = image.convert("RGBA").getchannel("A").getextrema()
    return float(lowest) < 255  # type: ignore[arg-type]


def _alone(image: Image.Image, mode: str) -> Image.Image:
    """On a picture that has never had anything else."""
    made = Image.new(mode, image.size)
    made.paste(image.convert(mode))
    return made
