"""What is free: inside opening hours, outside closures, beside no other, also when the clock jumps.

Examples first, then whatever Hypothesis thinks of, against a slow and simple reading of the rules.
"""

from __future__ import annotations

import time as clock
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.bookings.free import Offer, Slot, Taken, Worker, free
from actions.bookings.open_time import Closed, Hours
from tests.actions.bookings.days import NOW, PARIS, at

DAYS = range(7)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ONE = Offer(1, (Worker(1),), 60, step=60)


def local(slots: list[Slot], zone: ZoneInfo = PARIS) -> list[str]:
    return [f"{slot.starts.astimezone(zone):%H:%M}" for slot in slots]


def asked(offer: Offer, hours: list[Hours], day: str, closures=(), taken=(), now=NOW) -> list[Slot]:
    frm = at(f"{day} 00:00")
    return free([offer], hours, closures, taken, frm=frm, to=frm + 24 * HOUR, now=now, tz=PARIS)


def each_day(opens: time, closes: time, person: int | None = None) -> list[Hours]:
    return [Hours(weekday, opens, closes, person) for weekday in DAYS]


def test_appointments_begin_every_step_from_opening_on_and_end_before_closing() -> None:
    offer = Offer(1, (Worker(1),), 45, step=30)
    assert local(asked(offer, each_day(time(9, 10), time(11)), "12-01")) == ["09:10", "09:40", "10:10"]


def test_what_is_booked_is_kept_free_with_its_buffers_and_ours() -> None:
    offer = Offer(1, (Worker(1),), 30, before=15, after=30, step=15)
    taken = [Taken(1, at("12-01 10:00"), at("12-01 10:30"))]
    found = local(asked(offer, each_day(time(8, 30), time(12)), "12-01", taken=taken))
    assert found == ["08:30", "08:45", "09:00", "10:45", "11:00", "11:15", "11:30"]


def test_somebody_with_hours_of_their_own_has_only_those() -> None:
    offer = Offer(1, (Worker(1), Worker(2)), 60, step=60)
    hours = [*each_day(time(9), time(11)), *each_day(time(14), time(15), person=2)]
    found = asked(offer, hours, "12-01")
    assert [(slot.person, when) for slot, when in zip(found, local(found), strict=True)] == [
        (1, "09:00"), (1, "10:00"), (2, "14:00"),
    ]  # fmt: skip


def test_closures_take_whole_days_or_parts_of_one_or_of_everybody() -> None:
    offer = Offer(1, (Worker(1), Worker(2)), 60, step=60)
    hours, first = each_day(time(9), time(13)), date(2026, 12, 1)
    assert asked(offer, hours, "12-01", [Closed(date(2026, 11, 30), date(2026, 12, 2))]) == []
    part = [Closed(first, first, time(10), time(12), person=1)]
    found = asked(offer, hours, "12-01", part)
    assert [slot.starts for slot in found if slot.person == 1] == [at("12-01 09:00"), at("12-01 12:00")]
    assert len([slot for slot in found if slot.person == 2]) == 4


def test_a_night_shift_lasts_into_the_next_day() -> None:
    tuesday = [Hours(1, time(22), time(2))]
    assert local(asked(ONE, tuesday, "12-01")) == ["22:00", "23:00"]
    assert local(asked(ONE, tuesday, "12-02")) == ["00:00", "01:00"]


def test_around_the_clock_an_appointment_may_last_over_midnight() -> None:
    long = Offer(1, (Worker(1),), 180, step=60)
    assert len(asked(long, each_day(time(0), time(0)), "12-01")) == 24


def test_in_spring_the_hour_that_is_left_out_holds_no_appointment() -> None:
    now = datetime(2026, 3, 20, tzinfo=UTC)
    found = asked(ONE, each_day(time(1), time(5)), "03-29", now=now)
    assert local(found) == ["01:00", "03:00", "04:00"]
    assert [slot.ends - slot.starts for slot in found] == [HOUR] * 3
    assert found[0].ends == found[1].starts  # 02:00 is 03:00


def test_in_autumn_the_hour_that_comes_twice_holds_two_appointments() -> None:
    now = datetime(2026, 10, 20, tzinfo=UTC)
    found = asked(ONE, each_day(time(1), time(4)), "10-25", now=now)
    assert local(found) == ["01:00", "02:00", "02:00", "03:00"]
    assert [slot.starts for slot in found] == [
        datetime(2026, 10, 24, 23, tzinfo=UTC) + n * HOUR for n in range(4)
    ]
    short = asked(ONE, [Hours(6, time(2), time(3))], "10-25", now=now)
    assert local(short) == ["02:00", "02:00"]


def test_where_the_clock_leaves_midnight_out_the_day_begins_at_one() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # on the 24th of April 2026 the clock goes from 00:00 to 01:00
    frm = datetime(2026, 4, 23, 12, tzinfo=UTC)
    found = free([Offer(1, (Worker(1, cairo),), 60, step=60)], [Hours(4, time(0), time(3))], [], [],
                 frm=frm, to=frm + 24 * HOUR, now=frm, tz=PARIS)  # fmt: skip
    assert local(found, cairo) == ["01:00", "02:00"]


def test_somebody_elsewhere_opens_by_their_own_clock() -> None:
    offer = Offer(1, (Worker(1), Worker(2, ZoneInfo("America/Montreal"))), 60, step=60)
    found = asked(offer, each_day(time(9), time(10)), "12-01")
    assert [(slot.person, when) for slot, when in zip(found, local(found), strict=True)] == [
        (1, "09:00"), (2, "15:00"),
    ]  # fmt: skip


def test_notice_is_real_hours_and_how_far_ahead_is_whole_days() -> None:
    offer = Offer(1, (Worker(1),), 60, step=60, notice=24, ahead=4)
    frm, hours = at("11-27 00:00"), each_day(time(9), time(17))
    found = free([offer], hours, [], [], frm=frm, to=frm + timedelta(days=9), now=at("11-27 10:30"), tz=PARIS)
    assert (found[0].starts, found[-1].starts) == (at("11-28 11:00"), at("12-01 16:00"))


# --- Whatever there is --------------------------------------------------------------------------------------

ZONES = [PARIS, ZoneInfo("America/Montreal"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]
QUARTERS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
BEGINNINGS = st.sampled_from(
    [
        datetime(2026, 3, 28, tzinfo=UTC),
        datetime(2026, 10, 24, tzinfo=UTC),
        datetime(2026, 12, 1, 7, 7, tzinfo=UTC),
        datetime(2026, 4, 4, 3, tzinfo=UTC),
        datetime(2026, 10, 3, tzinfo=UTC),
    ]
)
HOURS = st.lists(
    st.builds(Hours, st.integers(0, 6), QUARTERS, QUARTERS, st.sampled_from([None, 1])), max_size=9
)
OFFERS = st.builds(
    Offer, st.just(1), st.sampled_from(ZONES).map(lambda zone: (Worker(1, zone), Worker(2))),
    st.sampled_from([5, 30, 60, 95, 600]), st.sampled_from([0, 10, 45]), st.sampled_from([0, 20]),
    st.sampled_from([5, 30, 45]), st.sampled_from([0, 1, 30]), st.sampled_from([1, 2, 300]),
)  # fmt: skip


@st.composite
def closures(draw, begin: datetime) -> list[Closed]:
    days = st.integers(-1, 3).map(lambda n: (begin + timedelta(days=n)).date())
    some = st.builds(lambda one, other, *more: Closed(min(one, other), max(one, other), *more), days, days,
                     st.none() | QUARTERS, st.none() | QUARTERS, st.sampled_from([None, 1]))  # fmt: skip
    return draw(st.lists(some, max_size=2))


@st.composite
def bookings(draw, begin: datetime) -> list[Taken]:
    minutes = st.integers(-600, 3000).map(lambda n: begin + n * MINUTE)
    who, long = st.integers(1, 2), st.integers(1, 200)
    some = st.builds(lambda who, when, long: Taken(who, when, when + long * MINUTE), who, minutes, long)
    return draw(st.lists(some, max_size=4))


def is_open(worker: Worker, minute: datetime, hours: list[Hours], closed: list[Closed]) -> bool:
    """By the clock on this person's wall, one minute looked at."""
    wall = minute.astimezone(worker.zone or PARIS).replace(tzinfo=None, second=0)
    own = [each for each in hours if each.person == worker.id] or [
        each for each in hours if each.person is None
    ]

    def within(each: Hours, day: date) -> bool:
        opens, closes = datetime.combine(day, each.opens), datetime.combine(day, each.closes)
        closes += timedelta(days=closes <= opens)
        return each.weekday == day.weekday() and opens <= wall < closes

    def shut(each: Closed) -> bool:
        if each.person not in (None, worker.id):
            return False
        if each.begins is None and each.ends is None:
            return each.first <= wall.date() <= each.last
        begins, ends = each.begins or time(), each.ends or time()
        return (
            each.first <= wall.date() <= each.last
            and wall.time() >= begins
            and (ends <= begins or wall.time() < ends)
        )

    days = (wall.date(), wall.date() - timedelta(days=1))
    return any(within(each, day) for each in own for day in days) and not any(map(shut, closed))


@settings(max_examples=150)
@given(st.data(), BEGINNINGS, HOURS, OFFERS)
def test_every_free_time_keeps_every_rule(data, begin, hours, offer) -> None:
    closed, taken = data.draw(closures(begin)), data.draw(bookings(begin))
    now = begin + data.draw(st.integers(-300, 300)) * MINUTE
    given_ = {"frm": begin, "to": begin + timedelta(hours=36), "now": now, "tz": PARIS}
    found = free([offer], hours, closed, taken, **given_)
    assert found == free([offer], hours, closed, list(reversed(taken)), **given_)
    assert found == sorted(found)
    workers = {worker.id: worker for worker in offer.people}
    last = now.astimezone(PARIS).date() + timedelta(days=offer.ahead)
    for slot in found:
        assert begin <= slot.starts < given_["to"]
        assert slot.ends - slot.starts == offer.minutes * MINUTE
        assert slot.starts >= now + offer.notice * HOUR
        assert slot.starts.astimezone(PARIS).date() <= last
        before, after = slot.starts - offer.before * MINUTE, slot.ends + offer.after * MINUTE
        assert all(
            each.ends <= before or each.begins >= after for each in taken if each.person == slot.person
        )
        worker = workers[slot.person]
        minutes = (slot.starts + n * MINUTE for n in range(0, offer.minutes, 5))
        assert all(is_open(worker, minute, hours, closed) for minute in minutes)


@settings(max_examples=60)
@given(st.data(), BEGINNINGS, HOURS)
def test_no_time_that_keeps_every_rule_is_left_out(data, begin, hours) -> None:
    """With a start every five minutes and everything on the quarter, each open five minutes can be booked."""
    closed, worker = data.draw(closures(begin)), Worker(1, data.draw(st.sampled_from(ZONES)))
    offer = Offer(1, (worker,), 5, step=5)
    begin = begin.replace(minute=0)
    found = {
        slot.starts
        for slot in free([offer], hours, closed, [], frm=begin, to=begin + 24 * HOUR, now=begin, tz=PARIS)
    }
    each = [begin + n * MINUTE for n in range(0, 24 * 60, 5)]
    assert found == {minute for minute in each if is_open(worker, minute, hours, closed)}


def test_a_month_of_ten_people_is_worked_out_in_fifty_milliseconds() -> None:
    offer = Offer(1, tuple(Worker(number) for number in range(10)), 60, before=15, after=15, step=15)
    hours = each_day(time(8), time(18)) + [each for p in range(9) for each in each_day(time(9), time(17), p)]
    taken = [Taken(p, NOW + timedelta(days=d, hours=h), NOW + timedelta(days=d, hours=h + 1))
             for p in range(10) for d in range(30) for h in (1, 5)]  # fmt: skip
    spent = []
    for _again in range(5):
        begun = clock.process_time()
        found = free([offer], hours, [], taken, frm=NOW, to=NOW + timedelta(days=30), now=NOW, tz=PARIS)
        spent.append(clock.process_time() - begun)
    assert len(found) > 2000
    assert min(spent) < 0.05
