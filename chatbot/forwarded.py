"""Who is behind the proxy (BEHIND_PROXY): the last address that it wrote, not what a client claims.

A proxy appends the address it was reached from to X-Forwarded-For; everything before that was sent along by
the client and may be invented, for instance to escape the limits per address.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


class Forwarded:
    """ASGI middleware: `scope["client"]` becomes the address that the proxy was reached from."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if address := address_in(scope.get("headers", ())):
            scope = {**scope, "client": [address, 0]}
        await self._application(scope, receive, send)


def address_in(headers: Any) -> str | None:
    """The last address in the last X-Forwarded-For; None without one."""
    said = [value for name, value in headers if name.lower() == b"x-forwarded-for"]
    last = said[-1].decode("latin-1").rpartition(",")[2].strip() if said else ""
    try:
        return str(ip_address(last.strip("[]")))
    except ValueError:
        return None
