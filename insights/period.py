"""What the address of the page says: which days, in whose time zone, of which assistant and language. Pure.

Anything that it does not understand is as if it were not there, since addresses are kept and shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

RANGES = ("7", "28", "90", "month")
LONGEST = timedelta(days=731)
WEEKLY_FROM = 120  # days from which on charts show weeks


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both among them, as they are counted in `zone`."""

    first: date
    last: date
    zone: str = "UTC"
    assistant: int = 0
    language: str = ""
    range: str = ""  # "" where the days were chosen

    @classmethod
    def read(
        cls, query: Mapping[str, str], *, zone: str, languages: Mapping[str, str], now: datetime
    ) -> Period:
        """`zone` is the reader's, unless the address names one."""

        def said(name: str) -> str:
            return str(query.get(name, "")).replace("\x00", "").strip()[:64]

        zone = said("zone") if is_zone(said("zone")) else zone if is_zone(zone) else "UTC"
        today = now.astimezone(ZoneInfo(zone)).date()
        first, last = day(said("since")), day(said("until"))
        chosen = first is not None or last is not None
        kind = "" if chosen else said("range") if said("range") in RANGES else "7"
        first, last = _days(first, last, today) if chosen else (_begin_of(kind, today), today)
        language = said("language") if said("language") in languages else ""
        return cls(first, last, zone, number(said("assistant")), language, kind)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def weekly(self) -> bool:
        return self.days >= WEEKLY_FROM

    @property
    def begin(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def before(self) -> Period:
        """As many days, just before."""
        length = timedelta(days=self.days)
        return replace(self, first=self.first - length, last=self.last - length, range="")

    def query(self, **changes: object) -> str:
        said: dict[str, object] = {"range": self.range}
        if not self.range:
            said = {"since": self.first, "until": self.last}
        said |= {"assistant": self.assistant, "language": self.language}
        return urlencode({name: str(value) for name, value in (said | changes).items() if value})


def _days(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Of days in the wrong order, the other way round; no more than two years."""
    last = last or today
    first = first or last
    first, last = min(first, last), max(first, last)
    return max(first, last - LONGEST), last


def _begin_of(kind: str, today: date) -> date:
    return today.replace(day=1) if kind == "month" else today - timedelta(days=int(kind) - 1)


def midnight(on: date, zone: str) -> datetime:
    """The moment at which the day begins there."""
    return datetime.combine(on, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day(said: str) -> date | None:
    try:
        found = date.fromisoformat(said) if len(said) == len("2026-11-29") else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None


def number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else 0


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(said: str) -> bool:
    return said in _zones()
