"""Who is at work in the admin site."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User | None:
    """Who is at work; the admin site lets nobody in who is not staff."""
    return request.user if isinstance(request.user, User) else None
