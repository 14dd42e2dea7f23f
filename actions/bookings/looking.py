"""What is free, of what stands in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from actions.bookings.free import Offer, Slot, Taken, Worker, free
from actions.bookings.models import MARGIN_DAYS, Booking, Closure, Hours, Person, Service, in_words
from actions.bookings.moments import company_zone, today
from actions.bookings.open_time import Closed
from actions.bookings.open_time import Hours as OpenHours

MARGIN = timedelta(days=MARGIN_DAYS)
FINE = 5  # minutes


def service_named(text: str) -> Service | None:
    """By its key, or by its name in any language."""
    said = " ".join(text.split()).casefold()
    for service in Service.objects.filter(active=True):
        if said in (service.key.casefold(), *(str(name).casefold() for name in service.names.values())):
            return service
    return None


def worker_named(text: str, service: Service) -> Person | None:
    said = " ".join(text.split()).casefold()
    return next((each for each in people_of(service) if each.name.casefold() == said), None)


def services_in_words(language: str) -> list[dict[str, str]]:
    found = Service.objects.filter(active=True, people__active=True).distinct()
    return [{"value": each.key, "label": in_words(each.names, language) or each.key} for each in found]


def people_of(service: Service) -> list[Person]:
    return list(service.people.filter(active=True).order_by("pk"))


def times(
    service: Service, *, frm: datetime, to: datetime, person: Person | None = None,
    now: datetime | None = None, lenient: bool = False, fine: bool = False,
    besides: Booking | None = None,
) -> list[Slot]:  # fmt: skip
    """Free appointments that begin from `frm` on and before `to`. Staff may book `lenient`, at short notice
    and far ahead, and `fine`, every five minutes. `besides`: as if this booking were not there."""
    now = now or timezone.now()
    people = [person] if person else people_of(service)
    offer = offer_of(service, people, lenient=lenient, fine=fine)
    return free(
        [offer], hours_of(people), closures_of(people, frm, to), taken_of(people, frm, to, besides),
        frm=frm, to=to, now=now, tz=company_zone(),
    )  # fmt: skip


def offer_of(
    service: Service, people: Iterable[Person], *, lenient: bool = False, fine: bool = False
) -> Offer:
    limits = {} if lenient else {"notice": service.notice, "ahead": service.ahead}
    return Offer(
        id=service.pk,
        people=tuple(Worker(each.pk, each.zone) for each in people),
        minutes=service.minutes,
        before=service.before,
        after=service.after,
        step=FINE if fine else service.step,
        **limits,
    )


def hours_of(people: Iterable[Person]) -> list[OpenHours]:
    found = Hours.objects.filter(Q(person=None) | Q(person__in=people))
    return [OpenHours(each.weekday, each.opens, each.closes, each.person_id) for each in found]


def closures_of(people: Iterable[Person], frm: datetime, to: datetime) -> list[Closed]:
    first, last = today(frm) - timedelta(days=2), today(to) + timedelta(days=2)
    found = Closure.objects.filter(
        Q(person=None) | Q(person__in=people), last_day__gte=first, first_day__lte=last
    )
    return [_closed(each, first, last) for each in found]


def _closed(closure: Closure, first: date, last: date) -> Closed:
    """Only what may matter of one that lasts for years."""
    begin, end = max(closure.first_day, first), min(closure.last_day, last)
    return Closed(begin, end, closure.begins, closure.ends, closure.person_id)


def taken_of(
    people: Iterable[Person], frm: datetime, to: datetime, besides: Booking | None = None
) -> list[Taken]:
    found = Booking.objects.standing().filter(
        person__in=people, starts_at__gt=frm - MARGIN, starts_at__lt=to + MARGIN
    )
    rows = found.exclude(pk=besides.pk if besides else 0).values_list("person_id", "span")
    return [Taken(person, span.lower, span.upper) for person, span in rows]
