"""Dates in digits: "3/1", "03.01.2027", "2027-01-03"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from flows.slots.dates.days import Sense, in_calendar
from flows.slots.dates.lexicon import lexicon
from flows.slots.dates.mentions import Day, Mention

_TIME = re.compile(r" (?:at |a |vers )?\d{1,2} ?(?:[:h]|[ap] ?m)")
_DASHED = re.compile(r"(?<=\d) - (?=[a-z]{3,9} - \d)|(?<=\d [a-z]{3}) - (?=\d{2,4})")
_GLUED = re.compile(r"(?<=\d)(?=[a-z]{3,}(?<!eme))")
_ISO_TIME = re.compile(r"(?<=\d-\d\d)t(?=\d\d:)")


def numeric_dates(text: str, sense: Sense, *, asked: str) -> Iterator[Mention]:
    for found in _pattern(sense.words.language).finditer(text):
        day = _day(found, sense)
        if found["by2"] == "." and asked == "time":
            continue
        if day is not None and (asked or _stands_as_date(found, text, sense)):
            yield Mention(found.start(), found.end(), day)


def apart(text: str) -> str:
    """With spaces in what is written together: "5dec", "5-Dec-2026", "2026-12-01T15:00"."""
    text = _ISO_TIME.sub(" ", text)
    text = _DASHED.sub(" ", text)
    return _GLUED.sub(" ", text)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    weekday = lexicon(language).groups["wd"]
    return re.compile(
        rf"(?<![\w.,:/-])(?:(?P<wd>{weekday}) )?(?:"
        r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
        r"|(?P<a>\d{1,2})(?P<by>[/. -])(?P<b>\d{1,2})(?P=by)(?P<year>\d{4}|\d{2}(?!\d))"
        r"|(?P<a2>\d{1,2})(?P<by2>[/.])(?P<b2>\d{1,2})(?! ?[ap] ?m\b| ?h))(?![\w/]|[.,:-]\d)"
    )


def _day(found: re.Match[str], sense: Sense) -> Day | None:
    weekday = sense.words.weekdays[found["wd"]] if found["wd"] else None
    if found["y"]:
        return in_calendar(sense, int(found["d"]), int(found["m"]), found["y"], weekday=weekday)
    if found["by"] == " " and len(found["year"]) == 2:
        return None  # two figures thrice may be anything
    day, month = int(found["a"] or found["a2"]), int(found["b"] or found["b2"])
    if found["by2"] == "." and month > 12:
        return None  # a time or an amount
    if month > 12 or (sense.month_first and day <= 12):
        day, month = month, day
    return in_calendar(sense, day, month, found["year"] or "", weekday=weekday)


def _stands_as_date(found: re.Match[str], text: str, sense: Sense) -> bool:
    """In a sentence "3/4" may be anything: a year, a weekday, a time or a word like "on" makes it a date."""
    if found["y"] or (found["year"] and found["by"] != " ") or found["wd"]:
        return True
    before, behind = text[: found.start()].rstrip(), text[found.end() :]
    told = re.search(rf"(?:^|\s){sense.words.lists['numeric_before'].pattern}$", before) or _TIME.match(
        behind
    )
    return found["by2"] == "/" and told is not None
