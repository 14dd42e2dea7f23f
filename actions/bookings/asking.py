"""The actions that only look: free times, and the bookings of whoever asks."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import override

from actions.bookings.acting import Context, Given, Result
from actions.bookings.booking import find, find_of, find_times
from actions.bookings.free import Slot
from actions.bookings.guessing import count_wrong, is_guessing
from actions.bookings.looking import service_named, services_in_words, worker_named
from actions.bookings.models import Booking, Person, Service
from actions.bookings.moments import begin_of, company_zone, read_day, read_moments
from actions.bookings.references import read_reference
from actions.bookings.saying import choices, facts, words
from actions.bookings.wishing import Code

MOST = 6
MOST_SPARE = 60
ENOUGH = 3  # times within the hours that were wanted, to offer none beside them
SEARCHED = timedelta(days=14)


class Refusal(Exception):
    """What was given cannot be used; `code` is one of saying.words."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def refused(refusal: Refusal, context: Context) -> Result:
    with override(context.language):
        return Result(False, {"message": words(refusal.code)} | refusal.data, refusal.code)


Hours = tuple[time, time]  # of one day, at the company


def find_free(given: Given, context: Context) -> Result:
    """Up to six times that are free: the nearest to what was wanted, in order; of a day without an hour some
    from morning to evening. What else is free on their days comes behind them as `spare` (flows/offers.py),
    to be taken by who names it. `on_day` is False where the day that was wanted has none, `exact` where the
    hour is not free. Of a booking that is to be moved, as if it were not there."""
    try:
        service = the_service(given, context)
        person = the_person(given, service)
        begin, end, wanted = _period(given.get("around"), context.now)
        within = _hour(given.get("hour")) or _part(given.get("part"))
        moved = the_booking(given, context) if given.get("reference") else None
    except Refusal as refusal:
        return refused(refusal, context)
    slots = find_times(service, frm=begin, to=end, person=person, now=context.now, besides=moved)
    everything = slots
    if wanted is not None:
        slots = sorted(slots, key=lambda slot: abs(slot.starts - wanted))
    elif within is not None:
        slots = _near(within, slots)
    elif _is_day(given.get("around")):
        slots = _spread(slots)
    found = choices(sorted(slots[:MOST]), context.language)
    spare = choices(_beside(slots, everything), context.language)
    day = read_day(str(given["around"])) if _is_day(given.get("around")) else None
    exact = any(slot.starts == wanted or _is_at(within, day, slot) for slot in slots)
    on_day = day is None or any(_date_of(slot) == day for slot in slots[:MOST])
    times = [*found, *({**one, "spare": True} for one in spare)]
    return Result(True, {"times": times, "any": bool(found), "exact": exact, "on_day": on_day})


def _period(around: Any, now: datetime) -> tuple[datetime, datetime, datetime | None]:
    """Where to look, and what to be near to. A day: on it, or after it. A moment: from the day before on. A
    period: in it."""
    said = _as_period(around)
    if said is None:
        return now, now + SEARCHED, None
    begin, end = said
    if end is not None:
        return max(now, begin), end, None
    if _is_day(around):
        return max(now, begin), max(now, begin) + SEARCHED, None
    return max(now, begin - timedelta(days=1)), max(now, begin) + SEARCHED, begin


def _is_day(around: Any) -> bool:
    return bool(around) and len(str(around).strip()) <= len("2026-12-01")


def _hour(said: Any) -> Hours | None:
    try:
        hour = time.fromisoformat(str(said).strip()) if said else None
    except ValueError:
        raise Refusal("no_time") from None
    return (hour, hour) if hour else None


def _part(said: Any) -> Hours | None:
    """The hours of a period within one day; None for whole days."""
    period = _as_period(said)
    if period is None or period[1] is None:
        return None
    begin, end = (moment.astimezone(company_zone()) for moment in (period[0], period[1]))
    whole = begin.time() == time() and end.time() >= time(23, 59)
    return None if whole or begin.date() != end.date() else (begin.time(), end.time())


def _near(within: Hours, slots: list[Slot]) -> list[Slot]:
    """Of the first day some from the first to the last within these hours; too few of them: what is near."""
    inside = [slot for slot in slots if _far_from(within, slot) == (_date_of(slots[0]), 0)]
    return (
        _spread(inside) if len(inside) >= ENOUGH else sorted(slots, key=lambda slot: _far_from(within, slot))
    )


def _is_at(within: Hours | None, day: date | None, slot: Slot) -> bool:
    """Whether it begins at the very hour that was wanted, on the day if one was."""
    hour = slot.starts.astimezone(company_zone()).time()
    return within == (hour, hour) and day in (None, _date_of(slot))


def _far_from(within: Hours, slot: Slot) -> tuple[date, int]:
    """The first day comes first, and on it what begins within these hours, or few minutes from them: noon is
    no time of the morning."""
    begin, end = (hour.hour * 60 + hour.minute for hour in within)
    local = slot.starts.astimezone(company_zone())
    minute = local.hour * 60 + local.minute
    return _date_of(slot), max(begin - minute, minute - max(end - 1, begin), 0)


def _spread(slots: list[Slot]) -> list[Slot]:
    """Of the first day some from its first time to its last, so that no part of the day is left out."""
    day = [slot for slot in slots if _date_of(slot) == _date_of(slots[0])]
    if len(day) <= MOST:
        return slots
    return [day[round(number * (len(day) - 1) / (MOST - 1))] for number in range(MOST)]


def _beside(shown: list[Slot], everything: list[Slot]) -> list[Slot]:
    """What is free on the days of those that are shown."""
    days = {_date_of(slot) for slot in shown[:MOST]}
    known = set(shown[:MOST])
    return [slot for slot in everything if _date_of(slot) in days and slot not in known][:MOST_SPARE]


def _date_of(slot: Slot) -> date:
    return slot.starts.astimezone(company_zone()).date()


def _as_period(around: Any) -> tuple[datetime, datetime | None] | None:
    if isinstance(around, str) and around.lstrip().startswith("{"):
        try:
            around = json.loads(around)
        except ValueError:
            raise Refusal("no_time") from None
    if not around:
        return None
    if isinstance(around, dict):
        return _moment(around.get("from")), _moment(around.get("to"))
    begin, between, end = str(around).partition("/")
    return _moment(begin), _moment(end) if between else None


def _moment(text: Any) -> datetime:
    if moments := read_moments(str(text)[:40]):
        return moments[0]
    if day := read_day(str(text)[:40]):
        return begin_of(day)
    raise Refusal("no_time")


def find_bookings(given: Given, context: Context) -> Result:
    """By its reference and e-mail address; else what is to come of the customer, if we are certain who it is,
    and what was booked in this conversation."""
    try:
        if str(given.get("reference") or "").strip():
            bookings = [the_booking(given, context)]
        else:
            email = context.customer.email if context.customer.verified else ""
            bookings = find_of(email=email, conversation=context.conversation, now=context.now)
    except Refusal as refusal:
        return refused(refusal, context)
    found = [facts(booking, context.language) for booking in bookings]
    one = found[0] if len(found) == 1 else {}
    return Result(True, {"bookings": found, "any": bool(found), **one})


def the_service(given: Given, context: Context) -> Service:
    found = service_named(str(given.get("service") or "")[:200])
    if found is None:
        raise Refusal("no_service", services=services_in_words(context.language))
    return found


def the_person(given: Given, service: Service) -> Person | None:
    said = str(given.get("person") or "").strip()[:200]
    found = worker_named(said, service) if said else None
    if said and found is None:
        raise Refusal("no_person")
    return found


def the_booking(given: Given, context: Context) -> Booking:
    """Whose reference and e-mail address were both given. A wrong pair gets the same answer as none."""
    reference = read_reference(str(given.get("reference") or ""))
    conversation = str(context.conversation or "")
    if is_guessing(conversation, reference):
        raise Refusal("too_fast")
    booking = find(reference)
    if booking is None or not _is_of(booking, str(given.get("email") or "")):
        count_wrong(conversation, reference)
        raise Refusal(str(Code.UNKNOWN))
    return booking


def _is_of(booking: Booking, email: str) -> bool:
    """One that was booked without an address is changed by staff only: nobody can show that it is theirs."""
    return bool(booking.email) and booking.email.casefold() == email.strip().casefold()
