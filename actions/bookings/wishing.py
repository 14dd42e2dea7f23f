"""An appointment that somebody wants: who could take it, and why nobody can. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from actions.bookings.free import Offer, Slot, earliest, free, latest
from actions.bookings.looking import closures_of, hours_of, offer_of, people_of, times
from actions.bookings.models import MARGIN_DAYS, Booking, Person, Service
from actions.bookings.moments import company_zone

MOST_INSTEAD = 6
SEARCHED = timedelta(days=14)  # for something else, after what was wanted
SECOND = timedelta(seconds=1)


class Code(StrEnum):
    OK = "ok"
    TAKEN = "taken"
    CLOSED = "closed"  # nobody is there
    NO_START = "no_start"  # somebody is, but appointments begin at other times
    TOO_SOON = "too_soon"  # past, or without the notice that the service wants
    TOO_FAR = "too_far"
    UNKNOWN = "unknown"
    ALREADY_CANCELLED = "already_cancelled"
    TOO_LATE = "too_late"  # without the notice that the service wants for changes
    OVER = "over"  # it has begun, or staff have said how it went


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a wish; `instead` are times that are free, where that helps."""

    code: Code = Code.OK
    booking: Booking | None = None
    instead: tuple[Slot, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code == Code.OK


@dataclass(frozen=True)
class Wish:
    """`besides`: the booking that is moved."""

    service: Service
    starts: datetime
    person: Person | None
    by_staff: bool
    now: datetime
    besides: Booking | None = None

    def candidates(self) -> list[Person]:
        """Who is free then: whose booking is moved first, then whoever has least to do that day."""
        slots = self._times(self.starts, self.starts + SECOND, fine=self.by_staff)
        free = {slot.person for slot in slots}
        day = (self.starts - timedelta(hours=12), self.starts + timedelta(hours=12))
        busy = list(
            Booking.objects.standing().filter(starts_at__range=day).values_list("person_id", flat=True)
        )
        mine = self.besides.person_id if self.besides else None
        return sorted(
            (each for each in self._people() if each.pk in free),
            key=lambda each: (each.pk != mine, busy.count(each.pk), each.pk),
        )

    def span(self) -> DateTimeTZRange:
        before, after = timedelta(minutes=self.service.before), timedelta(minutes=self.service.after)
        return DateTimeTZRange(self.starts - before, self.ends() + after)

    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.service.minutes)

    def refused(self) -> Outcome:
        return Outcome(code=self._why(), instead=tuple(self._instead()))

    def _why(self) -> Code:
        offer = offer_of(self.service, self._people(), lenient=self.by_staff, fine=self.by_staff)
        at = self.starts.timestamp()
        if at < earliest(offer, self.now):
            return Code.TOO_SOON
        if at >= latest(offer, self.now, company_zone()):
            return Code.TOO_FAR
        if self._were_free(offer):
            return Code.TAKEN
        return Code.NO_START if self._were_free(replace(offer, step=1)) else Code.CLOSED

    def _were_free(self, offer: Offer) -> bool:
        """If nobody had booked anything."""
        people, frm, to = self._people(), self.starts, self.starts + SECOND
        hours, closures = hours_of(people), closures_of(people, frm, to)
        return bool(free([offer], hours, closures, [], frm=frm, to=to, now=self.now, tz=company_zone()))

    def _instead(self) -> Iterator[Slot]:
        """The nearest before and after, in order of time."""
        around = (max(self.now, self.starts - timedelta(days=1)), max(self.now, self.starts) + SEARCHED)
        found = {slot.starts: slot for slot in self._times(*around)}
        near = sorted(found, key=lambda at: (abs(at - self.starts), at))[:MOST_INSTEAD]
        yield from (found[at] for at in sorted(near))

    def _times(self, frm: datetime, to: datetime, *, fine: bool = False) -> list[Slot]:
        return times(
            self.service, frm=frm, to=to, person=self.person, now=self.now, lenient=self.by_staff,
            fine=fine, besides=self.besides,
        )  # fmt: skip

    def _people(self) -> list[Person]:
        return [self.person] if self.person else people_of(self.service)


def hold(person: Person, wish: Wish) -> bool:
    """Until the end of the transaction nobody else books this person; False where the time is gone."""
    if not Person.objects.select_for_update(no_key=True).filter(pk=person.pk).exists():
        return False
    margin = timedelta(days=MARGIN_DAYS)
    near = Booking.objects.standing().filter(
        person=person, starts_at__gt=wish.starts - margin, starts_at__lt=wish.starts + margin
    )
    besides = wish.besides.pk if wish.besides else 0
    return not near.filter(span__overlap=wish.span()).exclude(pk=besides).exists()
