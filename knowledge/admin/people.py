"""Who is at work in the admin site, and which row they name."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User

LONGEST_KEY = 18  # digits


def person(request: HttpRequest) -> User | None:
    """Who is at work; the admin site lets nobody in who is not staff."""
    return request.user if isinstance(request.user, User) else None


def key_of(text: str) -> int:
    """A key that came in a request; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0
