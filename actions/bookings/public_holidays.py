"""A country's public holidays as closures for everybody. What staff delete comes back if asked for again."""

from __future__ import annotations

from datetime import date

import holidays
from babel import Locale
from django.utils.translation import get_language

from actions.bookings.models import Closure

LONGEST = 200


def countries() -> list[tuple[str, str]]:
    """(code, name), by name in the active language."""
    known = Locale(_locale()).territories
    found = [
        (code, known.get(code, code)) for code in holidays.list_supported_countries(include_aliases=False)
    ]
    return sorted(found, key=lambda each: each[1].casefold())


def close_on_public_holidays(*, country: str, year: int) -> int:
    """Returns how many closures are new; days that are there already stay as staff left them."""
    known = set(
        Closure.objects.filter(country=country, first_day__year=year).values_list("first_day", flat=True)
    )
    new = [
        Closure(country=country, first_day=day, last_day=day, name=name[:LONGEST])
        for day, name in days_of(country, year)
        if day not in known
    ]
    Closure.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def days_of(country: str, year: int) -> list[tuple[date, str]]:
    """Named in the active language where the library knows it, else in the country's own."""
    found = holidays.country_holidays(country, years=year, language=_language_of(country))
    return sorted((day, name) for day, name in found.items())


def _language_of(country: str) -> str | None:
    known = holidays.country_holidays(country).supported_languages
    return next((each for each in known if each.split("_")[0] == _locale()), None)


def _locale() -> str:
    return (get_language() or "en").split("-")[0]
