"""What the address of the trail's page says. What it does not understand is as if it were not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.audit.rows import AuditEntry
from accounts.audit.searching import tsquery
from accounts.audit.words import Action

NOBODY = "none"
LONGEST_NUMBER = 18  # digits that PostgreSQL takes for a key


@dataclass(frozen=True, slots=True)
class Filters:
    """`who` is a key, NOBODY or ""; `kind` "app.model"; `key` of one thing."""

    q: str = ""
    who: str = ""
    action: str = ""
    kind: str = ""
    key: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Filters:
        def said(name: str) -> str:
            return str(query.get(name, "")).replace("\x00", "").strip()[:200]

        return cls(
            q=said("q"),
            who=said("who") if said("who") == NOBODY or number(said("who")) else "",
            action=said("action") if said("action") in Action.values else "",
            kind=said("kind") if said("kind").count(".") == 1 else "",
            key=said("key")[:64],
            since=_day(said("since")),
            until=_day(said("until")),
        )

    def query(self, **more: Any) -> str:
        values = asdict(self) | more
        return urlencode({name: str(value) for name, value in values.items() if value})

    @property
    def narrows(self) -> bool:
        return self != Filters()

    def chosen(self) -> QuerySet[AuditEntry]:
        """The newest first."""
        found = AuditEntry.objects.filter(*self._conditions()).defer("words")
        if query := tsquery(self.q):
            found = found.filter(words=SearchQuery(query, config="simple", search_type="raw"))
        return found.order_by("-at", "-pk")

    def _conditions(self) -> list[Q]:
        conditions = []
        if self.who:
            conditions.append(Q(who=None) if self.who == NOBODY else Q(who=number(self.who)))
        if self.action:
            conditions.append(Q(action=self.action))
        if self.kind:
            app, _dot, kind = self.kind.partition(".")
            conditions.append(Q(app=app, kind=kind))
        if self.key:
            conditions.append(Q(key=self.key))
        if self.since:
            conditions.append(Q(at__gte=_begin_of(self.since)))
        if self.until:
            conditions.append(Q(at__lt=_begin_of(self.until + timedelta(days=1))))
        return conditions


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def before(found: QuerySet[AuditEntry], key: int) -> QuerySet[AuditEntry]:
    """Those that come after the entry with this key; all where there is none."""
    at = AuditEntry.objects.filter(pk=key).values_list("at", flat=True).first()
    return found if at is None else found.filter(Q(at__lt=at) | Q(pk__lt=key), at__lte=at)


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 9000 else None


def _begin_of(day: date) -> datetime:
    """In the reader's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))
