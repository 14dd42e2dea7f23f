"""Days and hours as people read them: "Tuesday 1 December at 15:00", "mardi 1er décembre à 15 h". Pure.

English is Britain's, with the day before the month and a clock of 24 hours; another language has its own way.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

NARROW = "\u202f"  # a space that no line is broken at
WRITTEN = ("en", "fr")  # languages in which days are "Tuesday 1 December"
MORNING = 7  # o'clock
BETWEEN = {"fr": "à", "en": "at"}
FROM_TO = {"fr": "de {} à {}", "en": "{}–{}"}
FROM_DAY_TO_DAY = {"fr": "du {} au {}", "en": "{} – {}"}


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    wanted = {"en": "en_GB"}.get(language, language.replace("-", "_"))
    try:
        return Locale.parse(wanted)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def day_in_words(day: date, language: str, *, year: bool = True, weekday: bool = True) -> str:
    """ "Tuesday 1 December 2026"."""
    if _base(language) not in WRITTEN:
        return str(format_date(day, "full" if weekday else "long", locale=locale(language)))
    number = "d'er'" if day.day == 1 and _base(language) == "fr" else "d"
    pattern = f"{'EEEE ' if weekday else ''}{number} MMMM{' y' if year else ''}"
    return str(format_date(day, pattern, locale=locale(language)))


def clock_in_words(at: time, language: str) -> str:
    """ "15:00", and "15 h" or "15 h 05" in French; "3 h" is said of the afternoon, "03 h" is the night."""
    if _base(language) != "fr":
        return str(format_time(at, "short", locale=locale(language)))
    hour = f"{at.hour:02}" if 0 < at.hour < MORNING else str(at.hour)
    return f"{hour}{NARROW}h" + (f"{NARROW}{at.minute:02}" if at.minute else "")


def moment_in_words(at: datetime, language: str, *, year: bool = True) -> str:
    between = BETWEEN.get(_base(language), ",")
    space = "" if between == "," else " "
    day = day_in_words(at.date(), language, year=year)
    return f"{day}{space}{between} {clock_in_words(at.time(), language)}"


def span_in_words(begin: datetime, end: datetime, language: str) -> str:
    """On one day: "Tuesday 1 December 2026, 15:00–16:00"; else from one moment to the other."""
    if begin.date() != end.date():
        pattern = FROM_DAY_TO_DAY.get(_base(language), FROM_DAY_TO_DAY["en"])
        return pattern.format(*(moment_in_words(at, language) for at in (begin, end)))
    pattern = FROM_TO.get(_base(language), FROM_TO["en"])
    hours = pattern.format(*(clock_in_words(at.time(), language) for at in (begin, end)))
    return f"{day_in_words(begin.date(), language)}, {hours}"


def _base(language: str) -> str:
    return language.partition("-")[0]
