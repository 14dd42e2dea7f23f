"""What the actions of bookings take and bring, in words for whoever draws a flow; which slots suit; what may
be chosen once and for all."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.bookings.models import Person, Service

LABELS: dict[str, Promise] = {
    "service": _("Service"),
    "starts": _("Day and hour"),
    "around": _("Around which day or hour"),
    "hour": _("Near which time of day"),
    "part": _("Within which hours"),
    "person": _("With whom"),
    "reference": _("Reference of the booking"),
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "note": _("Remark"),
    "times": _("Free times, to choose from"),
    "any": _("Whether there are any"),
    "exact": _("Whether the time that was wanted is free"),
    "on_day": _("Whether there are any on the day that was wanted"),
    "services": _("The services that there are"),
    "service_name": _("Name of the service"),
    "ends": _("When it ends"),
    "when": _("Day and hour in words"),
    "place": _("Where it takes place"),
    "price": _("Price"),
    "status": _("How it stands: booked, cancelled …"),
    "mailed": _("Whether a confirmation was sent"),
    "bookings": _("The customer’s appointments"),
}
# Kinds of slots whose values it can read; of a period the beginning counts where a moment is wanted.
SUITS: dict[str, tuple[str, ...]] = {
    "starts": ("moment", "period"),
    "around": ("date", "moment", "period"),
    "hour": ("time",),
    "part": ("period",),
    "service": ("choice",),
    "person": ("choice", "text"),
}


def offered() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By the name of the argument: what stands in the calendar today."""
    services = Service.objects.filter(active=True)
    people = Person.objects.filter(active=True, services__in=services).distinct()
    return {
        "service": tuple((service.key, str(service)) for service in services),
        "person": tuple((person.name, person.name) for person in people),
    }
