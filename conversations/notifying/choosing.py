"""How a member of staff is told of a kind of thing, and whether they are here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from conversations.models import NotificationChoices
from conversations.notifying.kinds import KINDS, MAILS, NEVER, Kind

HERE = timedelta(seconds=90)  # since a page of theirs was open; pages say so every half a minute


@dataclass(frozen=True, slots=True)
class Choice:
    browser: bool
    mail: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody is told of each kind, and when they were last here."""

    choices: dict[str, Choice]
    here_at: datetime | None = None

    def is_here(self, now: datetime) -> bool:
        return self.here_at is not None and self.here_at >= now - HERE


def ways_of(users: Iterable[User]) -> dict[int, Ways]:
    """By the keys of the users."""
    asked = [user.pk for user in users]
    rows = NotificationChoices.objects.in_bulk(asked)
    return {pk: _ways(rows.get(pk)) for pk in asked}


def choices_of(user: User) -> dict[str, Choice]:
    return ways_of([user])[user.pk].choices


def _ways(row: NotificationChoices | None) -> Ways:
    said = row.kinds if row else {}
    choices = {key: _choice(kind, said.get(key)) for key, kind in KINDS.items()}
    return Ways(choices, row.here_at if row else None)


def _choice(kind: Kind, said: dict[str, Any] | None) -> Choice:
    said = said or {}
    mail = said.get("mail", kind.mail)
    return Choice(bool(said.get("browser", kind.browser)), mail if mail in MAILS else kind.mail)


def choose(user: User, chosen: dict[str, Choice]) -> None:
    kinds = {key: {"browser": one.browser, "mail": one.mail} for key, one in chosen.items()}
    NotificationChoices.objects.update_or_create(user=user, defaults={"kinds": kinds})


def stop_mails(user: User) -> None:
    """Of every kind; what they are told in other ways stays."""
    choose(user, {key: Choice(one.browser, NEVER) for key, one in choices_of(user).items()})


def be_here(user: User) -> None:
    """A page of theirs is open. Written at most once in a third of the time that it counts."""
    now = timezone.now()
    row, new = NotificationChoices.objects.get_or_create(user=user, defaults={"here_at": now})
    if not new and (row.here_at is None or row.here_at < now - HERE / 3):
        NotificationChoices.objects.filter(user=user).update(here_at=now)
