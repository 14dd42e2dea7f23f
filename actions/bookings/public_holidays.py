"""A country's public holidays as closures for everybody. What staff delete comes back if asked for again."""

from __future__ import annotations

from actions.bookings.models import Closure
from actions.opening.holidays_of import holidays_of


def close_on_public_holidays(*, country: str, year: int) -> int:
    """Returns how many closures are new; days that are there already stay as staff left them."""
    known = set(
        Closure.objects.filter(country=country, first_day__year=year).values_list("first_day", flat=True)
    )
    new = [
        Closure(country=country, first_day=day, last_day=day, name=name)
        for day, name in holidays_of(country, "", year).items()
        if day not in known
    ]
    Closure.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
