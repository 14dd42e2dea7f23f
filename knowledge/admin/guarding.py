"""Addresses below a list of the admin that only those who may change its rows can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def guard(model_admin: Any, view: Callable[..., HttpResponse]) -> Any:
    """The view as an address of the admin site; it is given `model_admin`. Others get 403."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        return view(request, model_admin=model_admin, **kwargs)

    return model_admin.admin_site.admin_view(guarded)
