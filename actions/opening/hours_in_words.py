"""Hours as people write them in one line, "09:00–12:30, 14:00–18:00", read and written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from django.utils.translation import gettext as _

MOST = 6  # spans of one day
DAY = 24 * 60
_CLOCK = r"(\d{1,2})\s*(?:[:.hH]\s*(\d{2})?)?\s*([aApP]\.?[mM]\.?)?"
_SPAN = re.compile(rf"(?:de\s+|from\s+)?{_CLOCK}\s*(?:-|–|—|−|\bto\b|\buntil\b|à|\bjusqu’à\b)\s*{_CLOCK}")  # noqa: RUF001
_BETWEEN = re.compile(r"\s*(?:,|;|\+|/|&|\band\b|\bet\b)\s*")
Written = list[list[str]]  # [["09:00", "12:30"], …]


def read_hours(text: str) -> Written:
    """Raises ValueError, with words that say what to do."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) > MOST:
        raise ValueError(_("These are more than %(most)s times for one day.") % {"most": MOST})
    spans = sorted(_read(part) for part in parts)
    ends = 0
    for number, (begin, end) in enumerate(spans):
        if number and begin < ends:
            raise ValueError(_("Two of these times overlap. Write them as one."))
        ends = end if end > begin else end + DAY
        if ends > DAY and number < len(spans) - 1:
            raise ValueError(_("Two of these times overlap. Write them as one."))
    return [[_clock(begin), _clock(end)] for begin, end in spans]


def _read(part: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(part.strip())
    if found is None:
        words = _("“%(part)s” is no time from … to …. Write it like 09:00–12:30, or leave the line empty.")
        raise ValueError(words % {"part": part[:40]})
    begin, end = _minutes(*found.group(1, 2, 3)), _minutes(*found.group(4, 5, 6))
    if begin % DAY == end and end:
        raise ValueError(_("It closes when it opens. For a whole day write 00:00–24:00."))
    return begin % DAY, end % DAY


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    at, minutes = int(hour), int(minute or 0)
    if half:
        at = at % 12 + (12 if half[0] in "pP" else 0)
    if at > 24 or minutes > 59 or (at == 24 and minutes):
        raise ValueError(_("A day has 24 hours of 60 minutes: write times from 00:00 to 24:00."))
    return at * 60 + minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def write_hours(spans: Iterable[Iterable[str]]) -> str:
    return ", ".join(f"{begin}–{'24:00' if end == '00:00' else end}" for begin, end in spans)  # noqa: RUF001


def times_of(spans: Iterable[Iterable[str]]) -> tuple[tuple[time, time], ...]:
    """As a calendar takes them."""
    return tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in spans)
