"""How a member of staff is told of a kind of thing, and whether they are here."""

from __future__ import annotations

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


def choices_of(user: User) -> dict[str, Choice]:
    row = NotificationChoices.objects.filter(user=user).first()
    return {key: _choice(kind, row.kinds.get(key) if row else None) for key, kind in KINDS.items()}


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
    """A page of theirs is open."""
    NotificationChoices.objects.update_or_create(user=user, defaults={"here_at": timezone.now()})


def is_here(user: User, now: datetime) -> bool:
    return NotificationChoices.objects.filter(user=user, here_at__gte=now - HERE).exists()
