"""Looking through a text for days and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from flows.slots.dates.clock import clocks, two_clocks
from flows.slots.dates.days import SECTIONS, Sense, day_of_month
from flows.slots.dates.lexicon import Lexicon
from flows.slots.dates.mentions import Day, Instant, Mention, Part, longest, matches
from flows.slots.dates.numeric import apart, numeric_dates
from flows.slots.numerals import in_digits

FAR = 300  # characters that are looked through for a date
AROUND = 8  # words
_BARE_DAY = re.compile(r"[0-3]?\d")


@dataclass(frozen=True, slots=True)
class Found:
    """The mentions of a text in one language, in order. `text` is what their places count in."""

    text: str
    words: Lexicon
    mentions: tuple[Mention, ...]

    def of(self, *kinds: type) -> list[Mention]:
        return [one for one in self.mentions if isinstance(one.what, kinds)]


def look(folded: str, sense: Sense, now: datetime, *, asked: str = "", articles: bool = True) -> Found:
    """`asked` is the kind of slot that was asked for; without it only what cannot be anything else counts.
    `articles` may be numbers: "dans une heure"."""
    digits = in_digits(folded, sense.words.language, ordinals=bool(asked), articles=articles)
    text = _part_that_tells(apart(digits), sense.words)
    try:
        strict = longest([*_days(text, sense, asked=asked), *_times(text, sense.words, now)])
    except (OverflowError, ValueError):  # beyond the years that a calendar has
        strict = []
    loose = _loose_times(text, sense.words, strict, asked=asked)
    mentions = _not_negated(text, sense.words, longest([*strict, *loose]))
    return Found(text, sense.words, tuple(mentions))


def _part_that_tells(text: str, words: Lexicon) -> str:
    """From a little before the first word that may belong to a date to a little behind the last."""
    told = text.split(" ")
    places = [at for at, word in enumerate(told) if word in words.telling or any(map(str.isdecimal, word))]
    return " ".join(told[max(0, places[0] - AROUND) : places[-1] + AROUND])[:FAR] if places else ""


def _days(text: str, sense: Sense, *, asked: str) -> Iterator[Mention]:
    for name, patterns in sense.words.days.items():
        for found, given in matches(patterns, text) if asked or not name.endswith("_asked") else ():
            if (day := SECTIONS[name](given, sense)) is not None:
                yield Mention(found.start(), found.end(), day)
    yield from numeric_dates(text, sense, asked=asked)
    if asked == "date" and _BARE_DAY.fullmatch(text):
        yield Mention(0, len(text), day_of_month({"day": text}, sense))


def _times(text: str, words: Lexicon, now: datetime) -> Iterator[Mention]:
    yield from clocks(text, words)
    yield from two_clocks(text, words)
    for found, given in matches(words.sections["part"], text):
        yield Mention(found.start(), found.end(), Part(words.names["parts"][given["part"]]))
    for found, given in matches(words.sections["part_today"], text):
        part = words.names["parts"].get(given.get("part", ""), "late_afternoon")
        yield Mention(found.start(), found.end(), Part(part), both=True)
    for found in _whole(words.lists["tonight"]).finditer(text):
        yield Mention(found.start(), found.end(), Part("evening"), both=True)
    yield from _instants(text, words, now)


def _instants(text: str, words: Lexicon, now: datetime) -> Iterator[Mention]:
    for found in _whole(words.lists["now"]).finditer(text):
        yield Mention(found.start(), found.end(), Instant(later(now, 0), sure=False))
    for found in _whole(words.lists["half_hour_later"]).finditer(text):
        yield Mention(found.start(), found.end(), Instant(later(now, 30)))
    for found, given in matches(words.days["later"], text):
        size = {"hour": 60, "minute": 1}.get(words.names["units"][given["unit"]])
        if size:
            number = int(given["n"]) if given["n"].isdigit() else 1
            yield Mention(found.start(), found.end(), Instant(later(now, number * size)))


def later(now: datetime, minutes: int) -> datetime:
    """That many minutes on, also across the night in which the clocks are changed."""
    if now.tzinfo is None:
        return now + timedelta(minutes=minutes)
    return (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)


def _loose_times(text: str, words: Lexicon, strict: list[Mention], *, asked: str) -> list[Mention]:
    """ "at 3" is a time where one was asked for, or beside a day; "3" where it is all that is said."""
    near = [*clocks(text, words, section="clock_near"), *two_clocks(text, words, section="two_hours_near")]
    kept = [one for one in near if asked or any(_beside(text, one, other) for other in strict)]
    if asked == "time":
        alone = clocks(text, words, section="clock_asked")
        kept += [one for one in alone if _is_all(text, one, strict)]
    return [
        one for one in kept if not any(one.start < other.end and other.start < one.end for other in strict)
    ]


def _beside(text: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return isinstance(other.what, Day | Part) and not text[first.end : second.start].strip()


def _is_all(text: str, one: Mention, strict: list[Mention]) -> bool:
    rest = text[: one.start] + text[one.end :]
    for other in strict:
        if not isinstance(other.what, Part):
            return False
        rest = rest.replace(text[other.start : other.end], "")
    return not rest.strip()


def _not_negated(text: str, words: Lexicon, mentions: list[Mention]) -> list[Mention]:
    """Without the days that the customer does not want."""
    negation = re.compile(rf"(?<!\w){words.lists['not'].pattern} $")
    return [one for one in mentions if not negation.search(text[: one.start])]


@cache
def _whole(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern.pattern}(?!\w)")
