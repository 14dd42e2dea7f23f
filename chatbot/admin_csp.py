"""Let the admin site run under a content security policy.

Its theme uses Alpine.js, which evaluates expressions in attributes, and inline styles. Both are allowed there
and nowhere else: what customers and agents see keeps the strict policy.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

RELAXED = {"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]}


class AdminPolicy:
    """Stands inside `csp.middleware.CSPMiddleware`, which reads what is set here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            response._csp_update = RELAXED  # type: ignore[attr-defined]  # read by the other middleware
        return response
