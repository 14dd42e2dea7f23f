"""The public holidays of a country or of one of its regions, by the library `holidays`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays
from babel import Locale
from django.utils.translation import get_language

LONGEST = 200


def countries() -> list[tuple[str, str]]:
    """(code, name), by name in the active language."""
    known = Locale(_locale()).territories
    found = [(code, known.get(code, code)) for code in _supported()]
    return sorted(found, key=lambda each: each[1].casefold())


def regions(country: str) -> list[tuple[str, str]]:
    """(code, name) of those that have holidays of their own; none for a country that is not known."""
    if country not in _supported():
        return []
    named = {code: name for name, code in _aliases(country).items()}
    found = [(code, named.get(code, code)) for code in _supported()[country]]
    return sorted(found, key=lambda each: each[1].casefold())


def holidays_of(country: str, region: str, year: int) -> Mapping[date, str]:
    """By day, in order; named in the active language where the library knows it, else in the country's."""
    return _named(country, region, year, _locale()) if country in _supported() else {}


@lru_cache(maxsize=1)
def _supported() -> dict[str, list[str]]:
    return dict(holidays.list_supported_countries(include_aliases=False))


def _aliases(country: str) -> dict[str, str]:
    """The longest name of each region."""
    given = holidays.country_holidays(country).get_subdivision_aliases()
    return {max(names, key=len): code for code, names in given.items() if names}


@lru_cache(maxsize=256)
def _named(country: str, region: str, year: int, language: str) -> dict[date, str]:
    known = holidays.country_holidays(country).supported_languages
    spoken = next((each for each in known if each.split("_")[0] == language), None)
    subdivision = region if region in _supported()[country] else None
    found = holidays.country_holidays(country, subdiv=subdivision, years=year, language=spoken)
    return {day: name[:LONGEST] for day, name in sorted(found.items()) if day.year == year}


def _locale() -> str:
    return (get_language() or "en").split("-")[0]
