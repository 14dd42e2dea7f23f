"""The lamp shop: Anna and Bruno, fittings at home and repairs, open on weekdays from nine to five."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from actions.bookings.models import Hours, Person, Service
from tests.actions.bookings.days import PARIS


@pytest.fixture
def paris(settings: Any) -> None:
    settings.TIME_ZONE = str(PARIS)


@pytest.fixture
def anna(db: None, paris: None) -> Person:
    Hours.objects.bulk_create(Hours(weekday=weekday, opens=time(9), closes=time(17)) for weekday in range(5))
    return Person.objects.create(name="Anna", email="anna@shop.example")


@pytest.fixture
def fitting(anna: Person) -> Service:
    """Only Anna does it: one customer at a time, half an hour of travel before and after."""
    service = Service.objects.create(
        key="fitting", names={"en": "Fitting at home", "fr": "Pose à domicile"}, minutes=60, before=30,
        after=30, step=30, notice=24, ahead=60, prices={"en": "€60", "fr": "60 €"},
        places={"en": "At your home", "fr": "Chez vous"},
    )  # fmt: skip
    service.people.set([anna])
    return service


@pytest.fixture
def repair(fitting: Service, anna: Person) -> Service:
    """Anna or Bruno; without anything around it."""
    service = Service.objects.create(
        key="repair", names={"en": "Repair", "fr": "Réparation"}, minutes=30, step=15, notice=0, ahead=60
    )
    service.people.set([anna, Person.objects.create(name="Bruno")])
    return service
