"""Which time each pattern of times means."""

from __future__ import annotations

from collections.abc import Iterator

from flows.slots.dates.lexicon import Lexicon
from flows.slots.dates.mentions import Clock, Clocks, Groups, Mention, matches

HALF_DAY = 12 * 60
DAY = 24 * 60


def clocks(text: str, words: Lexicon, *, section: str = "clock") -> Iterator[Mention]:
    for found, given in matches(words.sections[section], text):
        if (clock := _clock(given, words)) is not None:
            yield Mention(found.start(), found.end(), clock)


def two_clocks(text: str, words: Lexicon, *, section: str = "two_hours") -> Iterator[Mention]:
    """ "from 3 to 5 pm", "entre 14 et 16 h"."""
    for found, given in matches(words.sections[section], text):
        last = _clock({"h": given["h2"], "m": given.get("m2", "0"), **_only(given, "half")}, words)
        first = _clock({"h": given["h"], "m": given.get("m", "0"), **_only(given, "half")}, words)
        if first is None or last is None:
            continue
        if "half" in given and first.minute >= last.minute:  # from 11 to 1 pm
            first = Clock((first.minute - HALF_DAY) % DAY)
        yield Mention(found.start(), found.end(), Clocks(first, last))


def _only(given: Groups, name: str) -> Groups:
    return {name: given[name]} if name in given else {}


def _clock(given: Groups, words: Lexicon) -> Clock | None:
    """None where there is no such time."""
    if "named" in given:
        hour = int(words.names["named"][given["named"]])
        minute = hour * 60 + int(given.get("m", 0)) + _beyond(given, words)
        return Clock(minute % DAY)
    hour, half = int(given["h"]), words.names["halves"].get(given.get("half", ""), "")
    minute = hour * 60 + int(given.get("m", 0)) + _beyond(given, words)
    if minute > DAY or (half and hour > 12 and half == "am"):
        return None
    if half:
        pm = half == "pm" and hour < 12
        return Clock(
            (minute - (HALF_DAY if half == "am" and hour == 12 else 0) + (HALF_DAY if pm else 0)) % DAY
        )
    return _guessed(minute % DAY, literal=given["h"].startswith("0") or not 1 <= hour <= 12, words=words)


def _guessed(minute: int, *, literal: bool, words: Lexicon) -> Clock:
    """ "at 3" is in the afternoon: shops are open then. In English eight may be in the evening too."""
    if literal:
        return Clock(minute)
    if 60 <= minute < 7 * 60:
        return Clock(minute + HALF_DAY, sure=False, literal=False)
    return Clock(minute, sure=minute >= 9 * 60 or words.language != "en", literal=False)


def _beyond(given: Groups, words: Lexicon) -> int:
    """Minutes past the hour, or missing to it, said in words."""
    named = words.names["parts_of_hour"]
    if "to" in given:
        return -int(named.get(given["to"], given["to"]))
    return 30 if "half_hour" in given else int(named.get(given.get("past", ""), 0))


def in_part(clock: Clock, part: str) -> Clock:
    """ "in the evening at 8" is 20:00, "in the morning at 6" 06:00."""
    if clock.literal:
        return clock
    minute = clock.minute % HALF_DAY
    late = part not in ("early_morning", "morning", "late_morning") and not (
        minute >= 11 * 60 and part == "lunchtime"
    )
    if part == "night" and minute < 6 * 60:
        late = False
    return Clock(minute + (HALF_DAY if late else 0))
