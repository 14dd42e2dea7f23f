"""Who is at it, and from where: remembered for as long as a request of theirs is answered."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.audit.words import Via

_request: ContextVar[HttpRequest | None] = ContextVar("audit_request", default=None)


class Remembered:
    """Middleware, behind the one that says who has signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(before)


def current() -> HttpRequest | None:
    return _request.get()


def way_of(request: HttpRequest) -> Via:
    return Via.ADMIN if request.path.startswith("/admin/") else Via.PAGE


def shortened(address: str) -> str:
    """The network that an address belongs to: enough to see that somebody came from elsewhere."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    length = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{length}", strict=False))
