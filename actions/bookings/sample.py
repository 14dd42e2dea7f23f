"""What can be booked at the fictional lamp shop: a fitting at the customer's home, a repair in the shop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.db import transaction

from actions.bookings.models import Hours, Person, Service

NARROW = "\u202f"  # a space that no line is broken at
SHOP = [(time(10), time(19))]  # Tuesday to Saturday
ROUND = [(time(8, 30), time(12, 30)), (time(13, 30), time(17, 30))]  # Tuesday to Friday
# Who offers what, and their own hours where they are not the shop's.
PEOPLE: dict[str, tuple[list[str], list[tuple[time, time]]]] = {
    "Anaïs Morel": (["fitting"], ROUND),
    "Bastien Leroux": (["repair"], []),
}
# As the articles say: installation-service.md, repair-service.md, shops-and-opening-hours.md.
SERVICES: dict[str, dict[str, Any]] = {
    "fitting": {
        "names": {"en": "Installation at home", "fr": "Installation à domicile"},
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
        "names": {"en": "Repair drop-off", "fr": "Dépôt pour réparation"},
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
        _open(range(1, 5), own, person)
    if not Hours.objects.filter(person=None).exists():
        _open(range(1, 6), SHOP, None)
    return list(services.values())


def _open(days: Iterable[int], spans: list[tuple[time, time]], person: Person | None) -> None:
    Hours.objects.bulk_create(
        Hours(weekday=day, opens=opens, closes=closes, person=person)
        for day in days
        for opens, closes in spans
    )
