"""Admins declare what our server calls, and hold its secrets; editors see it, and decide what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import Role, User

LONGEST_KEY = 18  # digits


def is_admin(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.may(Role.ADMIN)


def person(request: HttpRequest) -> User:
    """Who is at work; the admin site lets nobody in who is not staff."""
    assert isinstance(request.user, User)
    return request.user


def key_of(text: str) -> int:
    """A key that came in a request; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0


class ForAdmins:
    """Of a ModelAdmin: everybody who comes in may look, admins alone change."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)


def guard(model_admin: Any, view: Callable[..., HttpResponse], *, admins: bool = True) -> Any:
    """The view as an address of the admin site; it is given `model_admin`. Others get 403."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not (is_admin(request) if admins else model_admin.has_view_permission(request)):
            raise PermissionDenied
        return view(request, model_admin=model_admin, **kwargs)

    return model_admin.admin_site.admin_view(guarded)
