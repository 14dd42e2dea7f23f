"""What this installation allows although it is private (OUTGOING_ALLOWED), say a wiki in the intranet.

An entry is a name, an address or a network, each but a network perhaps with a port: `wiki.example.org`,
`wiki.example.org:8080`, `10.1.2.3:8080`, `[fd00::1]:80`, `10.1.0.0/16`. Without a port it is about the usual
ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from chatbot.outgoing.networks import Address, is_public

USUAL_PORTS = {80, 443}
_ENTRY = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<host>[a-z0-9_.-]+))(?::(?P<port>\d{1,5}))?")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


@dataclass(frozen=True)
class Allowance:
    """One entry. `network` is None when it is a name."""

    name: str
    network: IPv4Network | IPv6Network | None
    port: int | None

    def covers(self, name: str, address: Address, port: int) -> bool:
        of_port = port in USUAL_PORTS if self.port is None else port == self.port
        return of_port and (name == self.name if self.network is None else address in self.network)


def permits(name: str, address: Address, port: int) -> bool:
    """Whether this port may be called at this address, which is one of that name's."""
    usual = port in USUAL_PORTS and is_public(address)
    return usual or any(entry.covers(name, address, port) for entry in _entries())


def is_named(name: str) -> bool:
    return any(entry.name == name for entry in _entries())


def may_use_port(port: int) -> bool:
    return port in USUAL_PORTS or any(entry.port == port for entry in _entries())


@lru_cache(maxsize=8)
def read_allowed(entries: tuple[str, ...]) -> tuple[Allowance, ...]:
    """Raises ImproperlyConfigured for an entry that is none: what was meant to be open stays closed."""
    return tuple(_read(entry) for entry in entries)


def _entries() -> tuple[Allowance, ...]:
    entries: Sequence[str] = getattr(settings, "OUTGOING_ALLOWED", ())
    return read_allowed(tuple(entries))


def _read(entry: str) -> Allowance:
    text = entry.strip().lower()
    if network := _network(text):
        return Allowance(name=text, network=network, port=None)
    match = _ENTRY.fullmatch(text)
    host = (match["six"] or match["host"]) if match else ""
    if not match or not (network := _network(host)) and (match["six"] or not _NAME.fullmatch(host)):
        raise ImproperlyConfigured(
            f"OUTGOING_ALLOWED has {entry!r}: it must be a name, an address, either with :port, or a network."
        )
    return Allowance(name=host, network=network, port=int(match["port"]) if match["port"] else None)


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text)
    except ValueError:
        return None
