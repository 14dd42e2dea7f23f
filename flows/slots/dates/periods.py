"""From when to when: two ends that a word joins, or one expression that lasts (a day, an afternoon)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from flows.slots.base import Reading, refused
from flows.slots.dates.clock import in_part
from flows.slots.dates.lexicon import Lexicon, window
from flows.slots.dates.looking import Found, later
from flows.slots.dates.mentions import Clock, Clocks, Day, Instant, Mention, Part, matches
from flows.slots.dates.when import day_of, existing, written

ENDS = "23:59"  # of a day: a period ends within its last minute


def period_reading(found: Found, now: datetime, *, future: bool) -> Reading:
    reading = _joined(found, now) or _lasting(found, now) or _alone(found, now)
    if reading.value is None:
        return reading
    begins, ends = reading.value["from"], reading.value["to"]
    if ends <= begins:
        return refused("invalid")
    if future and ends < written(now):
        return refused("past")
    return reading


def _joined(found: Found, now: datetime) -> Reading | None:
    """ "from Monday at 9 to Wednesday at 18:00": what stands on either side of the joining word."""
    joins = re.compile(rf"{found.words.lists['range'].pattern}(?: the| le| la)?")
    places = [
        number
        for number, (first, second) in enumerate(pairwise(found.mentions), 1)
        if joins.fullmatch(found.text[first.end : second.start].strip())
        and type(second.what) in {type(one.what) for one in found.mentions[:number]}
    ]
    if len(places) > 1:  # "mardi à 9 h – mercredi à 10 h": a time belongs to the day before it
        places = [at for at in places if type(found.mentions[at - 1].what) is type(found.mentions[at].what)
                  or isinstance(found.mentions[at].what, Day)]  # fmt: skip
    if len(places) != 1:
        return refused("ambiguous") if places else None
    return _between(found.mentions[: places[0]], found.mentions[places[0] :], now)


def _between(left: tuple[Mention, ...], right: tuple[Mention, ...], now: datetime) -> Reading | None:
    days = [_first(side, Day) for side in (left, right)]
    times = [_first(side, Clock) for side in (left, right)]
    if any(day.why for day in days if day):
        return refused(next(day.why for day in days if day and day.why))
    begins, ends = days[0] or days[1], days[1] or days[0]
    if begins is None or ends is None:
        return refused("day_missing") if times[0] and times[1] else None
    if days[0] is None and not (times[0] and times[1]):
        return None
    if days[1] and days[1].last < begins.first and days[0]:  # from Friday to Monday, said on a Sunday
        ends = Day(ends.first + timedelta(days=7), ends.last + timedelta(days=7), ends.sure)
    value = {"from": _at(begins.first, times[0], "00:00", now), "to": _at(ends.last, times[1], ENDS, now)}
    sure = begins.sure and ends.sure and all(time is None or time.sure for time in times)
    return Reading(_over_midnight(value) if times[0] and times[1] and days[1] is None else value, sure=sure)


def _over_midnight(value: dict[str, str]) -> dict[str, str]:
    """ "from 22:00 to 2:00" ends on the next day."""
    if value["to"] > value["from"]:
        return value
    return {"from": value["from"], "to": written(datetime.fromisoformat(value["to"]) + timedelta(days=1))}


def _lasting(found: Found, now: datetime) -> Reading | None:
    """ "tomorrow at 3 pm for two hours", "from Monday for three days"."""
    durations = list(matches(found.words.sections["lasting"], found.text))
    day = day_of(found, now.date())
    if len(durations) != 1 or day is None or day.why or not day.single:
        return None
    given = durations[0][1]
    unit, number = found.words.names["units"][given["unit"]], int(given["n"]) if given["n"].isdigit() else 1
    clock = next((one.what for one in found.mentions if isinstance(one.what, Clock)), None)
    minutes = {"hour": 60, "minute": 1}.get(unit)
    if minutes and clock is None:
        return refused("time_missing")
    begins = datetime.fromisoformat(_at(day.first, clock, "00:00", now)).replace(tzinfo=now.tzinfo)
    if minutes:
        return Reading(
            {"from": written(begins), "to": written(later(begins, number * minutes))}, sure=day.sure
        )
    days = number * {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}[unit]
    last = day.first + timedelta(days=min(days, 3660) - 1)
    return Reading({"from": written(begins), "to": f"{last}T{ENDS}"}, sure=day.sure)


def _alone(found: Found, now: datetime) -> Reading:
    day = day_of(found, now.date())
    clocks = [one.what for one in found.mentions if isinstance(one.what, Clock)]
    parts = [one.what.name for one in found.mentions if isinstance(one.what, Part)]
    pairs = [one.what for one in found.mentions if isinstance(one.what, Clocks)]
    if day is None:
        return refused("day_missing" if pairs or parts or clocks else "not_a_value")
    if day.why:
        return refused(day.why)
    if pairs:
        return _on(day, pairs[0], parts, now)
    if clocks:
        return _open(found, day, in_part(clocks[0], parts[0]) if parts else clocks[0], now)
    begins, ends = window(parts[0]) if parts else ("00:00", ENDS)
    if any(isinstance(one.what, Instant) for one in found.mentions):
        return refused("end_missing")
    return _whole(found, day, begins, ends, now)


def _whole(found: Found, day: Day, begins: str, ends: str, now: datetime) -> Reading:
    """A day, a week or a part of one. What only begins or only ends has another end that nobody said."""
    if _stands_before(found, found.words, "since"):
        return refused("end_missing")
    if _stands_before(found, found.words, "until"):  # from now on
        return Reading({"from": written(now), "to": f"{day.last}T{ends}"}, sure=False)
    return Reading(
        {"from": f"{day.first}T{begins}", "to": f"{day.last}T{ends}"}, sure=day.sure or not day.single
    )


def _on(day: Day, pair: Clocks, parts: list[str], now: datetime) -> Reading:
    first, last = (in_part(one, parts[0]) if parts else one for one in (pair.first, pair.last))
    value = {"from": _at(day.first, first, "", now), "to": _at(day.last, last, "", now)}
    return Reading(_over_midnight(value), sure=day.sure and first.sure and last.sure)


def _open(found: Found, day: Day, clock: Clock, now: datetime) -> Reading:
    """ "after 3 pm" lasts until the day ends, "before noon" began with it."""
    if _stands_before(found, found.words, "since"):
        return Reading({"from": _at(day.first, clock, "", now), "to": f"{day.last}T{ENDS}"}, sure=False)
    if _stands_before(found, found.words, "until"):
        return Reading({"from": f"{day.first}T00:00", "to": _at(day.last, clock, "", now)}, sure=False)
    return refused("end_missing")


def _stands_before(found: Found, words: Lexicon, which: str) -> bool:
    behind = re.compile(rf"(?<!\w){words.lists[which].pattern}(?: the| le| la)?$")
    return any(behind.search(found.text[: one.start].strip()) for one in found.mentions)


def _first(side: tuple[Mention, ...], kind: type) -> Any:
    return next((one.what for one in side if isinstance(one.what, kind)), None)


def _at(day: date, clock: Clock | None, otherwise: str, now: datetime) -> str:
    if clock is None:
        return f"{day}T{otherwise}"
    return written(
        existing(datetime.combine(day, datetime.min.time()) + timedelta(minutes=clock.minute), now)[0]
    )
