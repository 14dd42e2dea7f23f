"""When somebody is there, minute by minute against a plain reading of the rules: over jumps of the clock,
past midnight, on single days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.opening.calendars import (
    Calendar,
    after_open_time,
    closes_at,
    next_opening,
    open_at,
    open_time_between,
)

PARIS = ZoneInfo("Europe/Paris")
# Around both jumps of 2026 (29 March, 25 October), and a plain week.
BEGINNINGS = st.sampled_from(
    [datetime(2026, *day, tzinfo=UTC) for day in ((3, 27), (10, 23), (6, 1))]
).flatmap(lambda begin: st.integers(0, 3 * 24 * 4).map(lambda number: begin + timedelta(minutes=15 * number)))
CLOCKS = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
SPANS = st.tuples(CLOCKS, CLOCKS).filter(lambda span: span[0] != span[1] or span[0] == time())
WEEKS = st.lists(st.lists(SPANS, max_size=2), min_size=7, max_size=7)
SINGLE = st.dictionaries(
    st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26), date(2026, 6, 2)]),
    st.lists(SPANS, max_size=2),
    max_size=2,
)
CALENDARS = st.builds(
    Calendar, zone=st.sampled_from([PARIS, ZoneInfo("America/New_York"), UTC and ZoneInfo("UTC")]),
    week=WEEKS, days=SINGLE,
)  # fmt: skip


def is_open(calendar: Calendar, at: datetime) -> bool:
    """As one would say it: by the clock on the wall, of today's hours and of what lasts from yesterday."""
    wall = at.astimezone(calendar.zone).replace(tzinfo=None, fold=0)
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)

    def hours(day: date) -> list[tuple[time, time]]:
        return list(calendar.days.get(day, calendar.week[day.weekday()]))

    now = wall.time()
    for opens, closes in hours(today):
        if opens <= now and (now < closes or closes <= opens):
            return True
    lasting = [] if today in calendar.days else hours(yesterday)
    return any(closes <= opens and now < closes for opens, closes in lasting)


@given(CALENDARS, BEGINNINGS)
@settings(max_examples=300)
def test_it_is_open_when_the_clock_on_the_wall_says_so(calendar: Calendar, at: datetime) -> None:
    assert open_at(calendar, at) == is_open(calendar, at)


@given(CALENDARS, BEGINNINGS)
@settings(max_examples=100)
def test_the_next_opening_is_the_first_open_moment(calendar: Calendar, at: datetime) -> None:
    opens = next_opening(calendar, at)
    each = [at + timedelta(minutes=15 * number) for number in range(4 * 24 * 9)]
    assert opens == next((minute for minute in each if is_open(calendar, minute)), opens)
    if opens is not None and opens <= each[-1]:
        assert is_open(calendar, opens)


@given(CALENDARS, BEGINNINGS)
@settings(max_examples=100)
def test_until_it_closes_it_is_open(calendar: Calendar, at: datetime) -> None:
    closes = closes_at(calendar, at)
    if not is_open(calendar, at):
        assert closes is None
    elif closes is not None:
        steps = int((closes - at).total_seconds()) // 900
        assert all(is_open(calendar, at + timedelta(minutes=15 * number)) for number in range(steps))
        assert not is_open(calendar, closes)


@given(CALENDARS, BEGINNINGS, st.integers(0, 60))
@settings(max_examples=100)
def test_open_time_is_the_open_minutes(calendar: Calendar, begin: datetime, quarters: int) -> None:
    end = begin + timedelta(minutes=15 * quarters)
    each = [begin + timedelta(minutes=15 * number) for number in range(quarters)]
    assert open_time_between(calendar, begin, end) == timedelta(minutes=15) * sum(
        is_open(calendar, minute) for minute in each
    )


@given(CALENDARS, BEGINNINGS, st.integers(1, 300))
@settings(max_examples=100)
def test_a_target_is_met_when_so_much_open_time_has_gone_by(
    calendar: Calendar, since: datetime, minutes: int
) -> None:
    spent = timedelta(minutes=minutes)
    due = after_open_time(calendar, since, spent)
    if due is None:
        assert not any(calendar.week)
    else:
        assert open_time_between(calendar, since, due) == spent
        assert is_open(calendar, due - timedelta(seconds=1))


def test_what_lasts_past_midnight_ends_before_a_day_of_its_own() -> None:
    friday = Calendar(PARIS, [[], [], [], [], [(time(22), time(2))], [], []], days={date(2026, 12, 26): ()})
    night = datetime(2026, 12, 25, 23, 30, tzinfo=PARIS)
    assert open_at(friday, night) and not open_at(friday, night + timedelta(hours=1))
    assert closes_at(friday, night) == datetime(2026, 12, 26, tzinfo=PARIS)


def test_who_never_closes_has_no_end_and_who_never_opens_no_beginning() -> None:
    always, never = Calendar(PARIS, [[(time(), time())]] * 7), Calendar(PARIS, [[]] * 7)
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    assert open_at(always, now) and closes_at(always, now) is None
    assert next_opening(never, now) is None and after_open_time(never, now, timedelta(minutes=1)) is None
