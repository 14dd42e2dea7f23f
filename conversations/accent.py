"""One accent colour, chosen by staff, made into the set that the pages use, light and dark.

Pure. Colours are moved in OKLCH (lightness changes, hue stays) until they can be read: WCAG contrast of at
least 4.5 between every pair that carries text.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

READABLE = 4.5
WHITE, NEARLY_BLACK = "#ffffff", "#12110f"
# `--surface` and `--ground` of static/css/tokens.css, the darkest of the light and the lightest of the dark.
LIGHT_GROUND, DARK_GROUND = "#faf9f7", "#1e1c1a"

Lch = tuple[float, float, float]


@dataclass(frozen=True)
class Accent:
    """One mode's colours, each `#rrggbb`: `ink` is accent-coloured text, `on_accent` text on the accent."""

    accent: str
    hover: str
    on_accent: str
    ink: str
    soft: str
    line: str


def light(colour: str) -> Accent:
    lightness, chroma, hue = to_lch(colour)
    soft = from_lch((0.955, min(chroma, 0.022), hue))
    accent, on_accent = _with_text((min(lightness, 0.9), chroma, hue), darker=True)
    ink = _until(
        (lightness, chroma, hue), -0.01, lambda it: min(contrast(it, soft), contrast(it, LIGHT_GROUND))
    )
    return Accent(
        accent=accent,
        hover=_shift(accent, -0.06),
        on_accent=on_accent,
        ink=ink,
        soft=soft,
        line=from_lch((0.87, min(chroma, 0.05), hue)),
    )


def dark(colour: str) -> Accent:
    lightness, chroma, hue = to_lch(colour)
    soft = from_lch((0.285, min(chroma, 0.03), hue))
    accent, on_accent = _with_text((max(lightness, 0.62), chroma, hue), darker=False)
    ink = _until((max(lightness, 0.7), chroma, hue), 0.01, lambda it: contrast(it, soft))
    return Accent(
        accent=accent,
        hover=_shift(accent, 0.05),
        on_accent=on_accent,
        ink=ink,
        soft=soft,
        line=from_lch((0.43, min(chroma, 0.05), hue)),
    )


def _with_text(lch: Lch, *, darker: bool) -> tuple[str, str]:
    """The accent and a text colour that can be read on it: white, if that changes the accent little."""
    if darker:
        candidate = _until(lch, -0.01, lambda it: contrast(it, WHITE))
        if lch[0] - to_lch(candidate)[0] <= 0.14:
            return candidate, WHITE
    return _until(lch, 0.01, lambda it: contrast(it, NEARLY_BLACK)), NEARLY_BLACK


def _until(lch: Lch, step: float, measure: Callable[[str], float]) -> str:
    """Move the lightness by `step` until `measure` says that the colour can be read."""
    lightness, chroma, hue = lch
    while 0 < lightness < 1 and measure(from_lch((lightness, chroma, hue))) < READABLE:
        lightness += step
    return from_lch((lightness, chroma, hue))


def _shift(colour: str, by: float) -> str:
    lightness, chroma, hue = to_lch(colour)
    return from_lch((lightness + by, chroma, hue))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def to_lch(colour: str) -> Lch:
    """`#rrggbb` as OKLCH: lightness 0 to 1, chroma, hue in radians (Ottosson, 2020)."""
    r, g, b = _linear(colour)
    l_ = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    m_ = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s_ = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_
    a = 1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_
    b2 = 0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_
    return lightness, math.hypot(a, b2), math.atan2(b2, a)


def from_lch(lch: Lch) -> str:
    """The sRGB colour of that lightness and hue, with as much of the chroma as sRGB can show."""
    lightness, chroma, hue = lch
    lightness = min(max(lightness, 0.0), 1.0)
    while chroma > 0.001 and not all(-0.0005 <= v <= 1.0005 for v in _to_linear(lightness, chroma, hue)):
        chroma -= 0.002
    return "#" + "".join(f"{_encode(value):02x}" for value in _to_linear(lightness, chroma, hue))


def _to_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )


def _encode(value: float) -> int:
    value = min(max(value, 0.0), 1.0)
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))
