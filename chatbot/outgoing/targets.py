"""An address that a user gave, read once: what is checked here is what is called. Asks no name server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatbot.outgoing.allowed import is_named, may_use_port, permits
from chatbot.outgoing.errors import OutgoingError
from chatbot.outgoing.networks import Address, read_address

if TYPE_CHECKING:
    import httpx2

MOST_CHARACTERS = 4000
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
# C libraries read 2130706433, 0x7f.1 and 127.1 as addresses; nobody who means well writes them so.
_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")
# Names of something inside by definition (RFC 6761, 6762, 8375; ICANN), whatever a name server says.
_INSIDE = ("localhost", "local", "internal", "home.arpa")


@dataclass(frozen=True)
class Target:
    """`host` is in lower case, without brackets and without a last dot; `url` has no fragment."""

    url: httpx2.URL
    host: str
    port: int

    @property
    def literal(self) -> Address | None:
        """The address when there is one in place of a name."""
        return read_address(self.host)

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.url.scheme, self.host, self.port


def check_url(url: str) -> None:
    """What can be said of it without looking its name up, for forms. Raises OutgoingError."""
    read_target(url)


def read_target(url: str, *, seen_from: Target | None = None) -> Target:
    """Raises OutgoingError. `seen_from` is what led to it, to which it may be relative."""
    import httpx2  # a quarter of a second, which only who calls somebody shall pay

    if len(url) > MOST_CHARACTERS:
        raise OutgoingError("bad_address")
    try:
        read = seen_from.url.join(url) if seen_from else httpx2.URL(url)
        target = _target(read)
    except (httpx2.InvalidURL, ValueError):
        raise OutgoingError("bad_address") from None
    _check(target)
    return target


def _target(url: httpx2.URL) -> Target:
    if url.scheme not in _PORTS:
        raise OutgoingError("not_http")
    if url.userinfo:
        raise OutgoingError("has_credentials")
    host = url.raw_host.decode("ascii").lower().removesuffix(".")
    port = _PORTS[url.scheme] if url.port is None else url.port
    return Target(url.copy_with(host=host, fragment=None), host, port)


def _check(target: Target) -> None:
    if not may_use_port(target.port):
        raise OutgoingError("forbidden_port")
    if literal := target.literal:
        if not permits(target.host, literal, target.port):
            raise OutgoingError("forbidden_address")
        return
    if not _NAME.fullmatch(target.host):
        raise OutgoingError("bad_address")
    if not is_named(target.host) and _is_inside(target.host):
        raise OutgoingError("forbidden_address")


def _is_inside(name: str) -> bool:
    inside = any(name == word or name.endswith(f".{word}") for word in _INSIDE)
    return inside or "." not in name or _NUMBER.fullmatch(name) is not None
