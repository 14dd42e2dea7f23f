"""A language's words for days and times, and its patterns with their groups filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from flows.slots.tables import shared_table, table

Patterns = tuple[re.Pattern[str], ...]
_GROUP = re.compile(r"(?<!\?P)<(\w+)>")
_PLAIN = {
    "day": r"[0-3]?\d",
    "year": r"(?:(?:19|20|21)\d\d|2[4-9]|[3-9]\d)(?! ?(?:h(?:eures?|rs?)?\b|[ap] ?m\b|pers|people)|[:.]\d)",
    "h": r"(?:[01]?\d|2[0-4])",
    "m": r"[0-5]?\d",
    "nth": r"[1-5]",
}


@dataclass(frozen=True)
class Lexicon:
    language: str

    @cached_property
    def told(self) -> Mapping[str, Any]:
        return table("dates", self.language)

    @cached_property
    def weekdays(self) -> Mapping[str, int]:
        long, short = self.told["weekdays"], self.told["short_weekdays"]
        return _numbered([[*names, *more] for names, more in zip(long, short, strict=True)])

    @cached_property
    def months(self) -> Mapping[str, int]:
        return {word: number + 1 for word, number in _numbered(self.told["months"]).items()}

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, Any]]:
        """What the words of each kind mean: `names["units"]["weeks"]` is "week"."""
        kinds = ("units", "edges", "spans", "halves", "named", "parts_of_hour", "parts", "fixed", "holidays",
                 "bare_spans")  # fmt: skip
        return {
            kind: {word: key for key, words in self.told[kind].items() for word in words} for kind in kinds
        }

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """What each group of a pattern stands for."""
        names = {kind: _either(words) for kind, words in self.names.items()}
        told = self.told
        hour_part = names["parts_of_hour"]
        return {
            **_PLAIN,
            "n": rf"(?:\d{{1,3}}|{_either(told['one'])})",
            "unit": names["units"],
            "weekday": _either(word for words in told["weekdays"] for word in words),
            "wd": _either(self.weekdays),
            "month": _either(self.months),
            "fixed": names["fixed"],
            "holiday": names["holidays"],
            "edge": names["edges"],
            "span": names["spans"],
            "bare": names["bare_spans"],
            "half": names["halves"],
            "named": names["named"],
            "past": hour_part,
            "to": rf"(?:{hour_part}|5|10|20|25)",
            "half_hour": _either(told["half_hour"]),
            "part": names["parts"],
        }

    @cached_property
    def days(self) -> Mapping[str, Patterns]:
        named = {"fixed": ["<fixed>"], "holiday": ["<holiday>"], "span": ["<span>"]}
        return {name: self.compiled(lines) for name, lines in {**self.told["days"], **named}.items()}

    @cached_property
    def lists(self) -> Mapping[str, re.Pattern[str]]:
        """The words of some kinds, one pattern each, where nothing in them is read out."""
        kinds = ("now", "half_hour_later", "tonight", "range", "since", "until", "not", "numeric_before")
        return {kind: re.compile(_either(self.told[kind])) for kind in kinds}

    @cached_property
    def sections(self) -> Mapping[str, Patterns]:
        kinds = (
            "clock",
            "clock_near",
            "clock_asked",
            "two_hours",
            "two_hours_near",
            "part",
            "part_today",
            "lasting",
        )
        return {kind: self.compiled(self.told[kind]) for kind in kinds}

    def compiled(self, lines: Iterable[str]) -> Patterns:
        return tuple(
            re.compile(rf"(?<![\w.,:/-]){self._filled(line)}(?![\w/]|[.,:]\d|-\d)") for line in lines
        )

    def _filled(self, line: str) -> str:
        def group(found: re.Match[str]) -> str:
            return f"(?P<{found[1]}>{self.groups[found[1].rstrip('2')]})"

        return _GROUP.sub(group, line)

    @cached_property
    def telling(self) -> frozenset[str]:
        """A word of everything that tells a day or a time without a figure: its longest."""
        kinds = ("units", "spans", "bare_spans", "named", "parts", "fixed", "holidays")
        phrases = [phrase for kind in kinds for phrase in self.names[kind]]
        phrases += [phrase for kind in ("now", "half_hour_later", "tonight") for phrase in self.told[kind]]
        return frozenset({*self.weekdays, *self.months, *(max(one.split(), key=len) for one in phrases)})

    @cached_property
    def vocabulary(self) -> Sequence[str]:
        """Words worth mending when they are mistyped."""
        words = {*self.weekdays, *self.months, *self.names["parts"], *self.names["fixed"]}
        return sorted(word for word in words if len(word) >= 5 and " " not in word)


@cache
def lexicon(language: str) -> Lexicon:
    return Lexicon(language)


@cache
def window(part: str) -> tuple[str, str]:
    """When a part of the day begins and ends."""
    begins, ends = shared_table("parts_of_the_day")[part]
    return str(begins), str(ends)


def _numbered(lists: Iterable[Iterable[str]]) -> dict[str, int]:
    return {word: number for number, words in enumerate(lists) for word in words}


def _either(words: Iterable[str]) -> str:
    return "(?:" + ("|".join(sorted(map(str, words), key=len, reverse=True)) or "(?!)") + ")"
