"""Moments as flows and people write them: local to the company, and in words of a language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from chatbot import dates

YEARS = (2000, 3000)  # others are slips of the pen, and reckoning with them may leave the calendar


def company_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def value_of(at: datetime) -> str:
    """ "2026-12-01T15:00": how a flow's slot keeps it."""
    return at.astimezone(company_zone()).strftime("%Y-%m-%dT%H:%M")


def read_moments(text: str) -> list[datetime]:
    """What such a value may mean: one moment; two in the night when the clock goes back; none where it is no
    moment, or one that the clock leaves out in spring."""
    try:
        said = datetime.fromisoformat(text.strip())
    except ValueError:
        return []
    if not YEARS[0] <= said.year < YEARS[1]:
        return []
    said = said.replace(second=0, microsecond=0)
    return [said.astimezone(UTC)] if said.tzinfo else _local(said, company_zone())


def _local(said: datetime, zone: ZoneInfo) -> list[datetime]:
    both = [said.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return sorted({at for at in both if at.astimezone(zone).replace(tzinfo=None) == said})


def read_day(text: str) -> date | None:
    try:
        said = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return said if YEARS[0] <= said.year < YEARS[1] else None


def begin_of(day: date, zone: ZoneInfo | None = None) -> datetime:
    """Its first moment: midnight, or whenever the day begins where the clock leaves midnight out."""
    return datetime.combine(day, time(), zone or company_zone()).astimezone(UTC)


def period_of(day: date, days: int = 1) -> tuple[datetime, datetime]:
    return begin_of(day), begin_of(day + timedelta(days=days))


def today(now: datetime | None = None) -> date:
    return (now or timezone.now()).astimezone(company_zone()).date()


def in_words(at: datetime, language: str, *, year: bool = False) -> str:
    """ "Tuesday 1 December at 15:00"."""
    return dates.moment_in_words(at.astimezone(company_zone()), language, year=year)


def day_in_words(day: date, *, year: bool = False) -> str:
    """In the active language."""
    return dates.day_in_words(day, get_language() or settings.LANGUAGE_CODE, year=year)


def span_in_words(begin: datetime, end: datetime, language: str) -> str:
    """ "Tuesday 1 December 2026, 15:00–16:00"."""
    first, last = begin.astimezone(company_zone()), end.astimezone(company_zone())
    return dates.span_in_words(first, last, language)
