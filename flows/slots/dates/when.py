"""The one day, the one time or the one period that the mentions of a text amount to.

Each function gives (value, why, sure); without a value `why` says what is missing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flows.slots.base import Reading, refused
from flows.slots.dates.clock import HALF_DAY, in_part
from flows.slots.dates.lexicon import window
from flows.slots.dates.looking import Found
from flows.slots.dates.mentions import Clock, Clocks, Day, Instant, Part


def day_of(found: Found, today: date) -> Day | None:
    """The one day that is meant; of several there is none. A day within a week that is named too counts
    alone."""
    days = [one.what for one in found.mentions if isinstance(one.what, Day)]
    instants = [one.what for one in found.mentions if isinstance(one.what, Instant)]
    days += [Day(one.at.date(), one.at.date(), one.sure) for one in instants]
    single = [day for day in days if day.single]
    if single and all(span.first <= single[0].first <= span.last for span in days):
        days = single
    if not days and any(one.both for one in found.mentions):
        return Day(today, today)
    distinct = {(day.first, day.last, day.why): day for day in days}
    if len(distinct) > 1:
        return Day(today, today, why="ambiguous")
    return next(iter(distinct.values()), None)


def clock_of(found: Found) -> tuple[Clock | None, str]:
    """(The one time, or why there is none.) A part of the day tells morning from evening, or stands for when
    it begins."""
    times = {one.what for one in found.mentions if isinstance(one.what, Clock)}
    parts = [one.what.name for one in found.mentions if isinstance(one.what, Part)]
    if len(times) > 1 or found.of(Clocks):
        return None, "ambiguous"
    if times:
        clock = times.pop()
        return (in_part(clock, parts[0]) if parts else clock), ""
    if parts:
        return Clock(_minutes(window(parts[0])[0]), sure=False), ""
    return None, "time_missing"


def date_reading(found: Found, today: date, *, future: bool) -> Reading:
    day = day_of(found, today)
    if day is None or day.why:
        return refused(day.why if day else "not_a_value")
    if future and day.last < today:
        return refused("past")
    told = day.told or day.first
    return Reading((max(told, today) if future else told).isoformat(), sure=day.sure and day.single)


def time_reading(found: Found) -> Reading:
    instants = found.of(Instant)
    if instants and isinstance(instants[0].what, Instant):
        return Reading(f"{instants[0].what.at:%H:%M}", sure=instants[0].what.sure)
    clock, why = clock_of(found)
    if clock is None:
        return refused("not_a_value" if why == "time_missing" else why)
    return Reading(f"{_time(clock.minute):%H:%M}", sure=clock.sure)


def moment_reading(found: Found, now: datetime, *, future: bool) -> Reading:
    instants = [one.what for one in found.mentions if isinstance(one.what, Instant)]
    if instants:
        return Reading(written(instants[0].at), sure=instants[0].sure)
    day = day_of(found, now.date())
    clock, why = clock_of(found)
    if day is None and clock is None:
        return refused(why if why == "ambiguous" else "not_a_value")
    if day is None or day.why or not day.single:
        return refused(day.why if day and day.why else "day_missing")
    if clock is None:
        return refused("past" if future and day.first < now.date() else why)
    return _to_come(day, clock, now, found) if future else _placed(day, clock, now)


def _placed(day: Day, clock: Clock, now: datetime) -> Reading:
    at, exact = existing(datetime.combine(day.first, _time(clock.minute)), now)
    return Reading(written(at), sure=day.sure and clock.sure and exact)


def _to_come(day: Day, clock: Clock, now: datetime, found: Found) -> Reading:
    reading = _placed(day, clock, now)
    if reading.value >= written(now):
        return reading
    twice = found.words.language == "en" and not clock.literal and clock.minute < HALF_DAY
    if twice:  # "at 8", said at ten
        later = _placed(day, Clock(clock.minute + HALF_DAY, sure=False), now)
        if later.value >= written(now):
            return later
    parts = [one.what for one in found.mentions if isinstance(one.what, Part)]
    if (
        parts
        and not found.of(Clock)
        and day.first == now.date()
        and f"{now:%H:%M}" < window(parts[0].name)[1]
    ):
        return Reading(written(_next_quarter(now)), sure=False)  # the part of the day has begun
    return refused("past")


def existing(at: datetime, now: datetime) -> tuple[datetime, bool]:
    """That local time, or the one an hour later where the clocks skip it."""
    if now.tzinfo is None:
        return at, True
    there = at.replace(tzinfo=now.tzinfo).astimezone(UTC).astimezone(now.tzinfo).replace(tzinfo=None)
    return there, there == at


def written(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="minutes")


def _next_quarter(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=15 - now.minute % 15)


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
