"""What a text mentions of days and times, where, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from flows.slots.dates.lexicon import Patterns

Groups = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """One day, or with `last` a span of them. `why` says that there is no such day. `told` is the day that a
    span stands for, where it is not the first."""

    first: date
    last: date
    sure: bool = True
    why: str = ""
    told: date | None = None

    @property
    def single(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Clock:
    """`minute` counts from midnight. One that is not sure may be half a day later."""

    minute: int
    sure: bool = True
    literal: bool = True  # nothing else can be meant


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, by its name in `parts_of_the_day.yaml`."""

    name: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """From one time to another."""

    first: Clock
    last: Clock


@dataclass(frozen=True, slots=True)
class Instant:
    """Counted from now: "in two hours"."""

    at: datetime
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    what: Day | Clock | Part | Clocks | Instant
    both: bool = field(default=False, compare=False)  # a part that also says today

    def moved(self, what: Day | Clock | Part | Clocks | Instant) -> Mention:
        return replace(self, what=what)


def matches(patterns: Patterns, text: str) -> Iterator[tuple[re.Match[str], Groups]]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield found, {name: value for name, value in found.groupdict().items() if value is not None}


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of those that overlap the longest, in the order of the text."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda mention: mention.start)
