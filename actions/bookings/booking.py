"""The only writer of bookings: book, move, cancel, say how it went.

Every change is one short transaction: it holds the person, so that those who want the same time come one
after the other, looks once more, and writes. Should anything ever write around this, PostgreSQL still refuses
the second booking (lanes.py). Whoever comes too late is told what else is free.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from actions.bookings.free import Slot
from actions.bookings.looking import times
from actions.bookings.mails.telling import tell
from actions.bookings.models import Booking, Person, Service
from actions.bookings.references import new_reference, read_reference
from actions.bookings.wishing import Code as Code
from actions.bookings.wishing import Outcome as Outcome
from actions.bookings.wishing import Wish, hold

Status = Booking.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """For whom, in which language, and what they want to say."""

    name: str
    email: str = ""
    phone: str = ""
    note: str = ""
    language: str = "en"


def find_times(
    service: Service,
    *,
    frm: datetime,
    to: datetime,
    person: Person | None = None,
    now: datetime | None = None,
    besides: Booking | None = None,
) -> list[Slot]:
    """Free appointments, one for each beginning: it does not matter with whom."""
    found: dict[datetime, Slot] = {}
    for slot in times(service, frm=frm, to=to, person=person, now=now, besides=besides):
        found.setdefault(slot.starts, slot)
    return list(found.values())


def book(
    *, key: str, service: Service, starts: datetime, who: Who, person: Person | None = None,
    conversation: UUID | None = None, by_staff: bool = False, now: datetime | None = None,
) -> Outcome:  # fmt: skip
    """Book once, however often it is repeated with the same key. Staff may book at short notice."""
    if known := Booking.objects.filter(key=key).first():
        return Outcome(booking=known)
    wish = Wish(service, starts, person, by_staff, now or timezone.now())
    for candidate in wish.candidates():
        try:
            if booking := _insert(wish, candidate, key=key, who=who, conversation=conversation):
                return Outcome(booking=booking)
        except IntegrityError:
            # Somebody has repeated the same wish at the same moment; or the code was drawn twice, or somebody
            # wrote around us: those are as good as taken, and the next person is tried.
            if known := Booking.objects.filter(key=key).first():
                return Outcome(booking=known)
    return wish.refused()


def move(
    reference: str, *, starts: datetime, person: Person | None = None, by_staff: bool = False,
    now: datetime | None = None,
) -> Outcome:  # fmt: skip
    """To another time, and to another person where theirs is not free then (or that is wanted)."""
    booking = find(reference)
    if booking is None:
        return Outcome(code=Code.UNKNOWN)
    now = now or timezone.now()
    if (why := _unchangeable(booking, now, by_staff)) != Code.OK:
        return Outcome(code=why, booking=booking)
    if booking.starts_at == starts and person in (None, booking.person):
        return Outcome(booking=booking)
    wish = Wish(booking.service, starts, person, by_staff, now, besides=booking)
    for candidate in wish.candidates():
        try:
            if moved := _shift(wish, candidate, booking.pk):
                return Outcome(booking=moved)
        except IntegrityError:
            continue  # somebody wrote around us: as good as taken
    fresh = Booking.objects.get(pk=booking.pk)
    if (why := _unchangeable(fresh, now, by_staff)) != Code.OK:
        return Outcome(code=why, booking=fresh)
    return wish.refused()


def cancel(reference: str, *, by_staff: bool = False, now: datetime | None = None) -> Outcome:
    with transaction.atomic():
        booking = _by_reference(reference, locked=True)
        if booking is None:
            return Outcome(code=Code.UNKNOWN)
        if (why := _unchangeable(booking, now or timezone.now(), by_staff)) != Code.OK:
            return Outcome(code=why, booking=booking)
        booking.status = Status.CANCELLED
        booking.sequence += 1
        booking.save(update_fields=["status", "sequence", "changed_at"])
        tell(booking, kind="cancelled")
    return Outcome(booking=booking)


def mark(booking_id: int, *, status: str, now: datetime | None = None) -> Outcome:
    """Staff say how it went, once it has begun; they may change their mind."""
    with transaction.atomic():
        booking = Booking.objects.select_for_update(of=["self"]).filter(pk=booking_id).first()
        if booking is None:
            return Outcome(code=Code.UNKNOWN)
        if booking.status == Status.CANCELLED:
            return Outcome(code=Code.ALREADY_CANCELLED, booking=booking)
        if booking.starts_at > (now or timezone.now()):
            return Outcome(code=Code.TOO_SOON, booking=booking)
        booking.status = Status(status)
        booking.save(update_fields=["status", "changed_at"])
    return Outcome(booking=booking)


def find(reference: str) -> Booking | None:
    return _by_reference(reference)


def find_of(
    *, email: str = "", conversation: UUID | None = None, now: datetime | None = None
) -> list[Booking]:
    """What is still to come: of a customer whose e-mail address is certain, or booked in a conversation."""
    coming = Booking.objects.standing().filter(ends_at__gt=now or timezone.now())
    none = coming.none()
    by_email = coming.filter(email__iexact=email) if email else none
    by_talk = coming.filter(conversation_id=conversation) if conversation else none
    return list((by_email | by_talk).select_related("service", "person").distinct())


def _by_reference(text: str, *, locked: bool = False) -> Booking | None:
    code = read_reference(text)
    rows = Booking.objects.select_related("service", "person")
    rows = rows.select_for_update(of=["self"]) if locked else rows
    return rows.filter(reference=code).first() if code else None


def _unchangeable(booking: Booking, now: datetime, by_staff: bool) -> Code:
    if booking.status == Status.CANCELLED:
        return Code.ALREADY_CANCELLED
    over = booking.starts_at <= now and not by_staff
    if over or booking.status != Status.BOOKED:
        return Code.OVER
    notice = timedelta(hours=booking.service.change_notice)
    return Code.TOO_LATE if booking.starts_at - now < notice and not by_staff else Code.OK


def _insert(wish: Wish, person: Person, *, key: str, who: Who, conversation: UUID | None) -> Booking | None:
    with transaction.atomic():
        if not hold(person, wish):
            return None
        booking = Booking.objects.create(
            key=key, reference=new_reference(), service=wish.service, person=person, span=wish.span(),
            starts_at=wish.starts, ends_at=wish.ends(), name=who.name, email=who.email, phone=who.phone,
            note=who.note, language=who.language, conversation_id=conversation,
        )  # fmt: skip
        tell(booking, kind="confirmed")
    return booking


def _shift(wish: Wish, person: Person, booking_id: int) -> Booking | None:
    with transaction.atomic():
        booking = Booking.objects.select_for_update(of=["self"]).get(pk=booking_id)
        if booking.status != Status.BOOKED or not hold(person, wish):
            return None
        booking.person, booking.span = person, wish.span()
        booking.starts_at, booking.ends_at = wish.starts, wish.ends()
        booking.sequence += 1
        booking.save()
        tell(booking, kind="moved")
    return booking
