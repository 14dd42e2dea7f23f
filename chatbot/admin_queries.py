"""Refuse addresses of the admin site that PostgreSQL cannot look for.

No text there holds the character NUL, and Django's admin site hands what the address says to the database.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.urls import reverse


class NoNullCharacters:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META["QUERY_STRING"] and request.path.startswith(reverse("admin:index")):
            return HttpResponseBadRequest()
        return self.get_response(request)
