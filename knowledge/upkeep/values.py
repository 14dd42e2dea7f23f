"""What a sentence gives in figures: prices, times, shares, weekdays, hours, dates, numbers of things. Pure.

Two values agree when they overlap: "within 5 days" and "3 to 5 days" are no contradiction, "14 days" and
"two weeks" are the same. What cannot be read for certain is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from knowledge.terms import fold, stem_words, stop_words
from knowledge.upkeep.words import (
    CURRENCIES,
    FREE,
    HOURS_OF,
    MONTHS,
    NO_THINGS,
    OF_DAYS,
    SPELLED,
    WEEKDAYS,
)

Match = re.Match[str]
NOT_COUNTED = NO_THINGS.union(SPELLED, MONTHS, HOURS_OF, WEEKDAYS)
_WHOLE = {"days", "hours"}  # from one to the other, and not some time between them
ROOM = 0.02  # 52 weeks are a year, and so are 365 days


@dataclass(frozen=True)
class Value:
    """From `low` to `high` of a kind, in one unit (a currency, a noun); `text` is how it is said."""

    kind: str
    low: float
    high: float
    unit: str
    text: str

    def comparable(self, other: Value) -> bool:
        """Nothing is as cheap in every currency; a number of lamps says nothing of one of bulbs."""
        return self.kind == other.kind and (self.unit == other.unit or not self.unit or not other.unit)

    def agrees(self, other: Value) -> bool:
        if self.kind in _WHOLE and self.low < self.high and other.low < other.high:
            return (self.low, self.high) == (other.low, other.high)
        room = ROOM * max(self.high, other.high) if self.kind == "time" else 0.0
        return self.low <= other.high + room and other.low <= self.high + room


Reader = Callable[[Match, str], Value | None]


def values_in(text: str, language: str) -> list[Value]:
    """Every value of a sentence, each read once: a price is not a number of things too."""
    rest = fold(text)
    found: list[Value] = []
    for pattern, read in _READERS:
        for match in list(pattern.finditer(rest)):
            if value := read(match, language):
                found.append(value)
                # What stands beside it stays where it is.
                rest = rest[: match.start()] + "~" * len(match[0]) + rest[match.end() :]
    return found


def without_values(text: str, language: str) -> str:
    """The folded sentence without its values: what it says them of."""
    rest = fold(text)
    for pattern, read in _READERS:
        rest = pattern.sub(partial(_left_of, read, language), rest)
    return rest


def _left_of(read: Reader, language: str, match: Match) -> str:
    """Of "3 lamps" the lamps: that is what it is about."""
    if read(match, language) is None:
        return match[0]
    return f" ~ {match.groupdict().get('noun') or ''} "


def unit_in(head: str) -> str:
    """The unit that a column's head gives its figures: "Price (€)", "Délai en jours", "%"; "" for none."""
    folded = fold(head)
    found = _UNIT_OF_HEAD.search(folded)
    return next(filter(None, found.groups()), "") if found else ""


def number_of(written: str) -> float:
    """ "1,500", "1 500", "9.90", "9,90" and "ten" as numbers."""
    if written in SPELLED:
        return float(SPELLED[written])
    bare = re.sub(r"[ \u00a0\u202f'’]", "", written)
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare)
    return float(bare.replace(",", "."))


def _ends(match: Match) -> tuple[float, float]:
    low = number_of(match["low"])
    high = number_of(match["high"]) if match["high"] else low
    return min(low, high), max(low, high)


def _price(match: Match, language: str) -> Value:
    return Value("price", *_ends(match), CURRENCIES[match["sign"]], match[0])


def _free(match: Match, language: str) -> Value:
    return Value("price", 0, 0, "", match[0])


def _share(match: Match, language: str) -> Value:
    return Value("share", *_ends(match), "", match[0])


def _time(match: Match, language: str) -> Value:
    low, high = _ends(match)
    hours = HOURS_OF[match["unit"]]
    return Value("time", low * hours, high * hours, "", match[0])


def _days(match: Match, language: str) -> Value | None:
    first = WEEKDAYS[match["low"]]
    last = WEEKDAYS[match["high"]] if match["high"] else first
    return Value("days", first, last, "", match[0]) if last >= first else None


def _hours(match: Match, language: str) -> Value | None:
    """From one hour to another. Bare numbers are hours only where a weekday is named."""
    marks = ("low_minute", "high_minute", "low_h", "high_h", "low_half", "high_half")
    if not any(match[mark] for mark in marks) and not _WEEKDAY.search(match.string):
        return None
    low = _clock(match["low"], match["low_minute"], match["low_half"])
    high = _clock(match["high"], match["high_minute"], match["high_half"])
    return Value("hours", low, high, "", match[0].strip()) if low < high <= 24 else None


def _clock(hour: str, minute: str | None, half: str | None) -> float:
    number = int(hour) % 12 + (12 if half.startswith("p") else 0) if half else int(hour)
    return number + int(minute or 0) / 60


def _date(match: Match, language: str) -> Value:
    month = match["month"] or match["month_first"]
    at = MONTHS[month] * 100 + float(match["day"] or match["day_after"])
    return Value("date", at, at, "", match[0])


def _number(match: Match, language: str) -> Value | None:
    noun = match["noun"]
    # "Un" and "une" are seldom numbers.
    if match["low"] in {"un", "une", "one"} or noun in stop_words(language) or noun in NOT_COUNTED:
        return None
    return Value("number", *_ends(match), stem_words([noun], language)[0], match[0])


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FIGURE = r"\d+(?:[ \u00a0\u202f'’,.]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?"
_ONE = rf"(?:{_FIGURE}|\b(?:{_any_of(SPELLED)})\b)"
_TO = r"(?: ?[-–—] ?| (?:to|or|and|a|ou|et) )"
_NOT_INSIDE = r"(?<![\w.,~°–—-])"
_RANGE = rf"{_NOT_INSIDE}(?P<low>{_ONE})(?:{_TO}(?P<high>{_ONE}))?"
_SIGN = _any_of(CURRENCIES)
_MONTH = _any_of(MONTHS)
_WEEKDAY = re.compile(rf"\b(?:{_any_of(WEEKDAYS)})\b")

# In brackets, after "in", or alone: "opening hours" gives none.
_UNITS = rf"{_SIGN}|%|(?:{OF_DAYS})[ -](?:{_any_of(HOURS_OF)})|{_any_of(HOURS_OF)}"
_UNIT_OF_HEAD = re.compile(
    rf"(?:\((?P<inner>{_UNITS})\)|\b(?:in|en) (?P<after>{_UNITS})(?!\w)|^(?P<alone>{_UNITS})$)"
)


def _at(name: str) -> str:
    """An hour: 9, 9:30, 9 h 30, 9 am."""
    minutes = rf"(?:(?:[:.]| ?h ?)(?P<{name}_minute>\d\d)(?!\d)|(?P<{name}_h> ?h(?:eures?)?\b))"
    return rf"(?P<{name}>\d{{1,2}}){minutes}?(?: ?(?P<{name}_half>[ap]\.?m\b\.?))?"


_READERS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(rf"(?P<sign>[€$£]) ?(?P<low>{_ONE})(?:{_TO}[€$£]? ?(?P<high>{_ONE}))?"), _price),
    (
        re.compile(
            rf"{_NOT_INSIDE}(?P<low>{_ONE})(?: ?(?:{_SIGN}))?(?:{_TO}(?P<high>{_ONE}))?"
            rf" ?(?P<sign>{_SIGN})(?!\w)"
        ),
        _price,
    ),
    (re.compile(rf"\b(?:{FREE})\b"), _free),
    (re.compile(rf"{_RANGE} ?(?:%|per ?cent\b|pour cent\b)"), _share),
    (re.compile(rf"{_RANGE}[ -]?(?:(?:{OF_DAYS})[ -])?(?P<unit>{_any_of(HOURS_OF)})\b"), _time),
    (
        re.compile(
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)? (?:of |de )?(?P<month>{_MONTH})\b"
            rf"|\b(?P<month_first>{_MONTH}) (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b"
        ),
        _date,
    ),
    (
        re.compile(
            rf"{_NOT_INSIDE}{_at('low')}(?: ?[-–—] ?| (?:to|until|till|and|a|et) ){_at('high')}(?![\d%~])"
        ),
        _hours,
    ),
    (
        re.compile(
            rf"\b(?P<low>{_any_of(WEEKDAYS)})\b"
            rf"(?: ?(?:-|–|—|to|through|until|till|a|au) ?(?P<high>{_any_of(WEEKDAYS)})\b)?"
        ),
        _days,
    ),
    (re.compile(rf"{_RANGE} (?P<noun>[a-z]{{3,}}|[kmgt]?w|[kmgt]b|[kcm]?m|kg|ml|v)\b"), _number),
]
