"""Refuse addresses of the admin site that PostgreSQL cannot look for.

No text there holds the character NUL, and Django's admin site hands what the address says to the database.
Its short address of a row (`admin/r/…`) does not expect that a key may have a form, as a UUID has.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.urls import reverse
from django.views.defaults import page_not_found


class NoNullCharacters:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META["QUERY_STRING"] and request.path.startswith(reverse("admin:index")):
            return HttpResponseBadRequest()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        found = request.resolver_match
        if isinstance(exception, ValidationError) and found and found.view_name == "admin:view_on_site":
            return page_not_found(request, exception)
        return None
