"""What can be booked at the fictional lamp shop: a fitting at the customer's home, a repair in the shop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.db import transaction

from actions.bookings.models import Hours, Person, Service

NARROW = "\u202f"  # a space that no line is broken at
Open = list[tuple[Iterable[int], list[tuple[time, time]]]]  # days of the week, from 0, and their hours
# When people answer in the chat: the company's own hours.
SERVICE: Open = [(range(5), [(time(9), time(18))]), ([5], [(time(10), time(17))])]
SHOP: Open = [(range(1, 6), [(time(10), time(19))])]  # Tuesday to Saturday
ROUND: Open = [
    (range(1, 5), [(time(8, 30), time(12, 30)), (time(13, 30), time(17, 30))])
]  # Tuesday to Friday
# Who offers what, and when.
PEOPLE: dict[str, tuple[list[str], Open]] = {
    "Anaïs Morel": (["fitting"], ROUND),
    "Bastien Leroux": (["repair"], SHOP),
}
# As the articles say: contact-us.md, installation-service.md, repair-service.md, shops-and-opening-hours.md.
SERVICES: dict[str, dict[str, Any]] = {
    "fitting": {
        "names": {"en": "Installation at home", "fr": "Pose à domicile"},
        "prices": {
            "en": "€79 for the first lamp, €45 for each further one",
            "fr": f"79{NARROW}€ la première lampe, 45{NARROW}€ chaque lampe suivante",
        },
        "places": {"en": "At your home", "fr": "Chez vous"},
        "minutes": 45,
        "before": 30,
        "after": 30,
        "step": 30,
        "notice": 24,
        "change_notice": 24,
        "ahead": 60,
    },
    "repair": {
        "names": {"en": "Repair drop-off", "fr": "Dépôt de réparation"},
        "prices": {"en": "Free of charge", "fr": "Gratuit"},
        "places": {
            "en": "Maison Lampyre, 14 rue des Verriers, 69001 Lyon",
            "fr": "Maison Lampyre, 14 rue des Verriers, 69001 Lyon",
        },
        "minutes": 20,
        "before": 0,
        "after": 10,
        "step": 30,
        "notice": 2,
        "ahead": 90,
    },
}


@transaction.atomic
def load_sample_bookings() -> list[Service]:
    """Once: what staff have changed or deleted since stays so. Returns the services that are new."""
    if Service.objects.exists() or Person.objects.exists():
        return []
    services = {key: Service.objects.create(key=key, **facts) for key, facts in SERVICES.items()}
    for name, (offers, own) in PEOPLE.items():
        person = Person.objects.create(name=name)
        person.services.set([services[key] for key in offers])
        _open(own, person)
    if not Hours.objects.filter(person=None).exists():
        _open(SERVICE, None)
    return list(services.values())


def _open(hours: Open, person: Person | None) -> None:
    Hours.objects.bulk_create(
        Hours(weekday=day, opens=opens, closes=closes, person=person)
        for days, spans in hours
        for day in days
        for opens, closes in spans
    )
