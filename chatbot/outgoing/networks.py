"""Which addresses belong to the public Internet, and to nobody's inside. Pure.

`ipaddress.is_global` has been wrong in several versions of Python (CVE-2024-4032), and knows nothing of IPv4
addresses that are written inside IPv6 ones; so the ranges of IANA's special-purpose registries stand here.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_FORBIDDEN_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # between carrier and customer; some clouds keep their metadata there
        "127.0.0.0/8",
        "168.63.129.16/32",  # looks public, and is the host of every virtual machine at Azure
        "169.254.0.0/16",  # link-local: where clouds keep their metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation, as 198.51.100 and 203.0.113
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]
_PUBLIC_6 = IPv6Network(
    "2000::/3"
)  # all that is given out; the rest is private, local, multicast or nobody's
_FORBIDDEN_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols: Teredo (an IPv4 address inside), benchmarks, ORCHID
        "2001:db8::/32",  # documentation, as 3fff::
        "2002::/16",  # 6to4: an IPv4 address inside
        "3ffe::/16",
        "3fff::/20",
    )
]
_NAT64 = IPv6Network("64:ff9b::/96")  # how IPv6-only networks reach public IPv4
_ISATAP = {0x00005EFE, 0x02005EFE}


def read_address(text: str) -> Address | None:
    """None when it is a name. An IPv4 address that is written as an IPv6 one is read as what it is."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _FORBIDDEN_4)
    if address.ipv4_mapped or address in _NAT64:
        return is_public(_last_half(address))
    if _inner_half(address) in _ISATAP and not is_public(_last_half(address)):
        return False
    # A scope names one of our own network cards.
    scoped = address.scope_id is not None
    return address in _PUBLIC_6 and not scoped and not any(address in network for network in _FORBIDDEN_6)


def _last_half(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def _inner_half(address: IPv6Address) -> int:
    return int(address) >> 32 & 0xFFFFFFFF
