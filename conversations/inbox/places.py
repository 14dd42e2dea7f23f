"""Where a page of the list begins: behind a row, by what the list is sorted by. However deep it is,
PostgreSQL begins to read there; and what comes in meanwhile moves no other row from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, Q

from accounts.models import User
from conversations.inbox import mentioning
from conversations.models import Conversation

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING = "-"
LONGEST = 18  # digits of a number of microseconds


@dataclass(frozen=True, slots=True)
class By:
    """What a list is sorted by, upwards or down. Rows without it come last; `always`: there are none."""

    name: str
    down: bool = False
    always: bool = False

    def order(self, *, indexed: bool = True) -> Any:
        """`indexed`: by an index. Few rows are better looked up than met in the order of all."""
        same = ExpressionWrapper(F(self.name) + timedelta(0), output_field=DateTimeField())
        value = F(self.name) if indexed else same
        return value.desc() if self.down else value.asc()

    def behind(self, value: datetime | None) -> Q:
        if value is None:
            return Q(pk__in=[])
        further = Q(**{f"{self.name}__{'lt' if self.down else 'gt'}": value})
        return further if self.always else further | Q(**{f"{self.name}__isnull": True})

    def same(self, value: datetime | None) -> Q:
        return Q(**{self.name: value}) if value else Q(**{f"{self.name}__isnull": True})

    def bound(self, value: datetime | None) -> Q:
        """Said once more, for the index: what comes behind is nowhere else."""
        if value is None:
            return Q(**{f"{self.name}__isnull": True})
        return Q(**{f"{self.name}__{'lte' if self.down else 'gte'}": value}) if self.always else Q()


WAITING, DUE = By("waiting_since"), By("reply_due_at")
NEWEST, OLDEST = By("last_message_at", down=True, always=True), By("last_message_at", always=True)
ORDERS: dict[str, Sequence[By]] = {
    "": (WAITING, NEWEST),
    "newest": (NEWEST,),
    "oldest": (OLDEST,),
    "due": (DUE, WAITING, NEWEST),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A row, as it was when somebody went on from it: what it was sorted by, and its key. `calls`: whether it
    stood among those with a note that calls them."""

    values: tuple[datetime | None, ...]
    key: UUID
    calls: bool = False

    @classmethod
    def of(cls, row: Conversation, order: str) -> Place:
        values = tuple(getattr(row, by.name) for by in ORDERS[order])
        return cls(values, row.pk, bool(getattr(row, "calls_me", False)))

    @classmethod
    def read(cls, said: str, order: str) -> Place | None:
        """None for anything that is none."""
        *values, calls, key = said.split(".") if said.count(".") > 1 else ("", "", "")
        try:
            read = tuple(_moment(value) for value in values)
            place = cls(read, UUID(hex=key), calls == "1")
        except (ValueError, OverflowError):
            return None
        fits = len(read) == len(ORDERS[order]) and str(place) == said
        return place if fits else None

    def __str__(self) -> str:
        return ".".join([*map(_said, self.values), str(int(self.calls)), self.key.hex])

    def behind(self, order: str) -> Q:
        """The rows that come after it."""
        found = Q(pk__gt=self.key)
        for by, value in reversed(list(zip(ORDERS[order], self.values, strict=True))):
            found = by.bound(value) & (by.behind(value) | by.same(value) & found)
        return found

    def behind_for(self, user: User) -> Q:
        """The same where those that call them come first, the newest first of both."""
        calls, rest = Q(mentioning.waits_for(user)), self.behind("newest")
        return ~calls | calls & rest if self.calls else ~calls & rest


def _said(value: datetime | None) -> str:
    return NOTHING if value is None else str((value - BEGIN) // timedelta(microseconds=1))


def _moment(said: str) -> datetime | None:
    if said == NOTHING:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST):
        raise ValueError
    return BEGIN + timedelta(microseconds=int(said))
