"""What the actions of bookings take and bring, in words for whoever draws a flow; which slots suit; what may
be chosen once and for all; what each part is that they bring."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

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
    "any": _("Whether any were found"),
    "exact": _("Whether the time that was wanted is free"),
    "on_day": _("Whether something is free on the day that was wanted"),
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
# What is said of them to whoever draws a flow, where what a model is told is of no use to people.
HINTS: dict[str, str | Promise] = {
    "service": "",
    "starts": "",
    "around": _("Free times nearest to it come first."),
    "hour": _("Free times nearest to it come first."),
    "part": _("Free times within them come first."),
    "person": _("Left empty: whoever is free."),
}
# Kinds of slots whose values it can read; of a period the beginning counts where a moment is wanted.
SUITS: dict[str, tuple[str, ...]] = {
    "starts": ("moment", "period"),
    "around": ("date", "moment", "period"),
    "hour": ("time",),
    "part": ("period",),
    "service": ("choice",),
    "person": ("choice", "text"),
    "name": ("text",),
    "email": ("email",),
    "phone": ("phone",),
    "note": ("text", "choice", "code", "number"),
    "reference": ("code", "text"),
}
# What each part is that they bring, by the kinds of slots: a list of free times is a "moment list".
BROUGHT: dict[str, str] = {
    "times": "moment list",
    "services": "choice list",
    "bookings": "list",
    "any": "yes_no",
    "exact": "yes_no",
    "on_day": "yes_no",
    "mailed": "yes_no",
    "starts": "moment",
    "ends": "moment",
    "service": "choice",
    "reference": "code",
    **dict.fromkeys(("service_name", "person", "when", "place", "price", "status"), "text"),
}


def in_languages() -> Mapping[str, Mapping[str, str]]:
    """The same names for flows, which speak other languages than whoever draws them."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = {name: str(words) for name, words in LABELS.items()}
    return found


def offered() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By the name of the argument: what stands in the calendar today."""
    active = Service.objects.filter(active=True)
    people = Person.objects.filter(active=True, pk__in=active.values("people")).values("name")
    services = list(active.annotate(offered_by=ArraySubquery(people)))  # the same beside each
    names = dict.fromkeys(services[0].offered_by if services else ())
    return {
        "service": tuple((service.key, str(service)) for service in services),
        "person": tuple((name, name) for name in names),
    }
