"""The actions that change something: book, move, cancel."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from actions.bookings.acting import Context, Given, Result
from actions.bookings.asking import Refusal, refused, the_booking, the_person, the_service
from actions.bookings.booking import Outcome, Who, book, cancel, find_times, move
from actions.bookings.models import Booking, Person, Service
from actions.bookings.moments import read_moments
from actions.bookings.saying import facts, refusal
from actions.bookings.wishing import SECOND
from chatbot import mailing

LENGTHS = {"name": 120, "phone": 40, "note": 1000}


def book_it(given: Given, context: Context) -> Result:
    try:
        service = the_service(given, context)
        person, who = the_person(given, service), _who(given, context)
        starts = _starts(given, service, person, context)
    except Refusal as found:
        return refused(found, context)
    outcome = book(
        key=f"action:{context.key}"[:120], service=service, starts=starts, who=who, person=person,
        conversation=context.conversation, now=context.now,
    )  # fmt: skip
    return _result(outcome, context)


def move_it(given: Given, context: Context) -> Result:
    try:
        booking = the_booking(given, context)
        person = the_person(given, booking.service)
        starts = _starts(given, booking.service, person, context)
    except Refusal as found:
        return refused(found, context)
    return _result(move(booking.reference, starts=starts, person=person, now=context.now), context)


def cancel_it(given: Given, context: Context) -> Result:
    try:
        booking = the_booking(given, context)
    except Refusal as found:
        return refused(found, context)
    return _result(cancel(booking.reference, now=context.now), context)


def _result(outcome: Outcome, context: Context) -> Result:
    language, booking = context.language, outcome.booking
    about = facts(booking, language) if booking else {}
    if not outcome.ok:
        return Result(False, about | refusal(outcome, language), str(outcome.code))
    return Result(True, about | {"mailed": bool(booking and booking.email and mailing.can_send())})


def _starts(given: Given, service: Service, person: Person | None, context: Context) -> datetime:
    """In the night when the clock goes back, what is said may be two moments: the first that is free. Of a
    period its beginning is meant."""
    moments = read_moments(_begin(given.get("starts"))[:40])
    if not moments:
        raise Refusal("no_time")
    for moment in moments[:-1]:
        if find_times(service, frm=moment, to=moment + SECOND, person=person, now=context.now):
            return moment
    return moments[-1]


def _begin(said: Any) -> str:
    """Also of a period, as a flow keeps it or as it is written, and of one of the times that were offered."""
    if isinstance(said, str) and said.lstrip().startswith("{"):
        try:
            said = json.loads(said)
        except ValueError:
            raise Refusal("no_time") from None
    if isinstance(said, dict):
        said = said.get("from") or said.get("value")
    return str(said or "").partition("/")[0]


def _who(given: Given, context: Context) -> Who:
    """What was said for this booking, else what is known of the customer."""
    said = {name: _line(given.get(name)) for name in ("name", "email", "phone", "note")}
    known = {name: _line(getattr(context.customer, name)) for name in ("name", "email", "phone")}
    found = {name: said[name] or known.get(name, "") for name in said}
    if not found["name"]:
        raise Refusal("no_name")
    if found["email"] and not mailing.is_address(found["email"]):
        raise Refusal("bad_email")
    if any(len(found[name]) > most for name, most in LENGTHS.items()):
        raise Refusal("too_long")
    return Who(**found, language=_language(context.language))


def _language(code: str) -> str:
    return code[: Booking._meta.get_field("language").max_length]


def _line(value: Any) -> str:
    """Without what PostgreSQL and calendars do not take."""
    text = str(value if value is not None else "").replace("\x00", "")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
