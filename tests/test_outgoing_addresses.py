"""Which addresses nobody can make us call, however they are written; tests/test_outgoing.py calls some."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address

import pytest
from django.core.exceptions import ImproperlyConfigured

from chatbot import outgoing
from chatbot.outgoing.allowed import read_allowed
from chatbot.outgoing.networks import is_public

NAMES = {
    "public.example.org": ["93.184.216.34"],
    "inside.example.org": ["10.0.0.7"],
    "half.example.org": ["93.184.216.34", "127.0.0.1"],
    "mapped.example.org": ["::ffff:169.254.169.254"],
    "six.example.org": ["fd00:ec2::254"],
    "odd.example.org": ["not an address"],
    "wiki": ["10.0.0.8"],
    "wiki.corp.example.org": ["10.0.0.9"],
}


class Network:
    """Names are looked up in NAMES, and nothing is ever reached."""

    def __init__(self) -> None:
        self.looked_up: list[str] = []
        self.tried: list[str] = []

    def getaddrinfo(self, name: str, port: int, **_: object) -> list[tuple[object, ...]]:
        self.looked_up.append(name)
        if name not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in NAMES[name]]

    def create_connection(self, address: tuple[str, int], _timeout: float) -> socket.socket:
        self.tried.append(address[0])
        raise ConnectionRefusedError


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    network = Network()
    monkeypatch.setattr(socket, "getaddrinfo", network.getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", network.create_connection)
    yield network


def refusal(url: str) -> str:
    with pytest.raises(outgoing.OutgoingError) as caught:
        outgoing.fetch(url)
    return caught.value.code


HOSTILE = {
    # Not the web
    "file:///etc/passwd": "not_http",
    "gopher://127.0.0.1:6379/_FLUSHALL": "not_http",
    "ftp://public.example.org/": "not_http",
    "dict://127.0.0.1:11211/stats": "not_http",
    "ldap://127.0.0.1/": "not_http",
    "javascript:alert(1)": "not_http",
    "data:text/html,hello": "not_http",
    "ws://public.example.org/": "not_http",
    "unix:///var/run/docker.sock": "not_http",
    "//127.0.0.1/": "not_http",
    "127.0.0.1": "not_http",
    "": "not_http",
    " http://public.example.org/": "not_http",
    "http:///etc/passwd": "bad_address",
    "http:127.0.0.1": "bad_address",
    "http://": "bad_address",
    "http://?@127.0.0.1/": "bad_address",
    f"http://public.example.org/{'a' * 4000}": "bad_address",
    f"http://{'a' * 64}.example.org/": "bad_address",
    # This machine
    "http://127.0.0.1/": "forbidden_address",
    "http://127.8.8.8/": "forbidden_address",
    "http://localhost/": "forbidden_address",
    "http://localhost./": "forbidden_address",
    "http://LOCALHOST/": "forbidden_address",
    "http://anything.localhost/": "forbidden_address",
    "http://0/": "forbidden_address",
    "http://0.0.0.0/": "forbidden_address",
    "http://[::]/": "forbidden_address",
    "http://[::1]/": "forbidden_address",
    "http://[0:0:0:0:0:0:0:1]/": "forbidden_address",
    # The same in disguise
    "http://2130706433/": "forbidden_address",
    "http://0x7f000001/": "forbidden_address",
    "http://017700000001/": "forbidden_address",
    "http://127.1/": "forbidden_address",
    "http://127.0.1/": "forbidden_address",
    "http://0x7f.1/": "forbidden_address",
    "http://0x7f.0x0.0x0.0x1/": "forbidden_address",
    "http://0177.0.0.1/": "bad_address",
    "http://127.0.0.01/": "bad_address",
    "http://127.0.0.256/": "bad_address",
    "http://127.0.0.1./": "forbidden_address",
    "http://①②⑦.⓪.⓪.①/": "bad_address",
    "http://127。0。0。1/": "forbidden_address",
    "http://１２７.0.0.1/": "bad_address",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/": "bad_address",
    "http://%31%32%37.0.0.1/": "bad_address",
    "http://[::ffff:127.0.0.1]/": "forbidden_address",
    "http://[::ffff:7f00:1]/": "forbidden_address",
    "http://[::127.0.0.1]/": "forbidden_address",
    "http://[64:ff9b::7f00:1]/": "forbidden_address",
    "http://[64:ff9b:1::7f00:1]/": "forbidden_address",
    "http://[2002:7f00:1::]/": "forbidden_address",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/": "forbidden_address",
    "http://[2606:4700::5efe:a00:1]/": "forbidden_address",
    # Private networks, and what clouds keep there
    "http://10.0.0.1/": "forbidden_address",
    "http://172.31.255.255/": "forbidden_address",
    "http://192.168.1.1/": "forbidden_address",
    "http://169.254.169.254/latest/meta-data/": "forbidden_address",
    "http://100.100.100.200/latest/meta-data/": "forbidden_address",
    "http://168.63.129.16/machine": "forbidden_address",
    "http://metadata.google.internal/": "forbidden_address",
    "http://printer.local/": "forbidden_address",
    "http://wiki/": "forbidden_address",
    "http://198.18.0.1/": "forbidden_address",
    "http://203.0.113.1/": "forbidden_address",
    "http://224.0.0.1/": "forbidden_address",
    "http://255.255.255.255/": "forbidden_address",
    "http://[fe80::1]/": "forbidden_address",
    "http://[fe80::1%25eth0]/": "forbidden_address",
    "http://[2606:4700::1%25lo]/": "forbidden_address",
    "http://[fec0::1]/": "forbidden_address",
    "http://[fd00:ec2::254]/": "forbidden_address",
    "http://[ff02::1]/": "forbidden_address",
    "http://[2001:db8::1]/": "forbidden_address",
    # Names that lead inside
    "http://inside.example.org/": "forbidden_address",
    "http://inside.example.org./": "forbidden_address",
    "http://INSIDE.example.org/": "forbidden_address",
    "http://half.example.org/": "forbidden_address",
    "http://mapped.example.org/": "forbidden_address",
    "http://six.example.org/": "forbidden_address",
    "http://odd.example.org/": "forbidden_address",
    # Two readings of one address
    "http://user@public.example.org/": "has_credentials",
    "http://user:secret@public.example.org/": "has_credentials",
    "http://public.example.org@127.0.0.1/": "has_credentials",
    "http://public.example.org:80@127.0.0.1/": "has_credentials",
    "http://public.example.org\\@127.0.0.1/": "has_credentials",
    "http://127.0.0.1\\.example.org/": "bad_address",
    "http://127.0.0.1%2f.example.org/": "bad_address",
    "http://127.0.0.1#@public.example.org/": "forbidden_address",
    "http://127.0.0.1?@public.example.org/": "forbidden_address",
    "http://public.example.org\r\nHost: 127.0.0.1/": "bad_address",
    "http://public.example.org/\r\nX-Evil: 1": "bad_address",
    "http://public.example.org/ \t\n": "bad_address",
    "http://public.example.org\x00.evil.org/": "bad_address",
    "http://exa mple.org/": "bad_address",
    "http://[::1/": "bad_address",
    "http://[public.example.org]/": "bad_address",
    # Ports
    "http://public.example.org:22/": "forbidden_port",
    "http://public.example.org:6379/": "forbidden_port",
    "http://public.example.org:8080/": "forbidden_port",
    "http://public.example.org:0/": "forbidden_port",
    "http://public.example.org:-1/": "forbidden_port",
    "http://public.example.org:65616/": "forbidden_port",
    "http://public.example.org:http/": "bad_address",
    "http://public.example.org:80:80/": "bad_address",
    # Name servers
    "http://nobody.example.org/": "dns_failed",
}


@pytest.mark.parametrize("url", HOSTILE, ids=ascii)
def test_a_hostile_address_is_not_called(network: Network, url: str) -> None:
    assert refusal(url) == HOSTILE[url]
    assert network.tried == []


@pytest.mark.parametrize(
    "url",
    [
        "http://public.example.org",
        "https://PUBLIC.example.org:443/a?b#c",
        "http://public.example.org.:80/",
        "http://93.184.216.34/",
    ],
)
def test_an_honest_address_is_called_where_it_leads(network: Network, url: str) -> None:
    assert refusal(url) == "refused"
    assert network.tried == ["93.184.216.34"]


def test_a_form_can_ask_without_a_name_server(network: Network) -> None:
    outgoing.check_url("https://nobody.example.org/hook")
    with pytest.raises(outgoing.OutgoingError):
        outgoing.check_url("https://10.0.0.1/hook")
    assert network.looked_up == []


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("8.8.8.8", True),
        ("64.233.160.1", True),
        ("2606:4700:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("::ffff:8.8.8.8", True),
        ("100.63.255.255", True),
        ("100.64.0.0", False),
        ("100.127.255.255", False),
        ("192.0.0.192", False),
        ("240.0.0.1", False),
        ("::", False),
        ("100::1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("3fff::1", False),
        ("4000::1", False),
    ],
)
def test_only_the_public_internet_is_public(text: str, public: bool) -> None:
    assert is_public(ip_address(text)) == public


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("wiki", "http://wiki/"),
        ("wiki.corp.example.org", "https://wiki.corp.example.org/"),
        ("wiki.corp.example.org:8080", "http://wiki.corp.example.org:8080/"),
        ("10.0.0.0/8", "http://wiki.corp.example.org/"),
        ("10.0.0.9", "http://wiki.corp.example.org/"),
        ("10.0.0.9:8080", "http://wiki.corp.example.org:8080/"),
        ("[fd00:ec2::254]:8080", "http://six.example.org:8080/"),
        ("fd00::/8", "http://[fd00:ec2::254]/"),
        ("public.example.org:8443", "https://public.example.org:8443/"),
    ],
)
def test_an_installation_may_allow_more(network: Network, settings, entry: str, url: str) -> None:
    settings.OUTGOING_ALLOWED = [entry]
    assert refusal(url) == "refused"
    assert len(network.tried) == 1


@pytest.mark.parametrize(
    ("entry", "url", "code"),
    [
        ("wiki.corp.example.org", "http://wiki.corp.example.org:8080/", "forbidden_port"),
        ("wiki.corp.example.org:8080", "http://wiki.corp.example.org/", "forbidden_address"),
        ("wiki.corp.example.org:8080", "http://inside.example.org:8080/", "forbidden_address"),
        ("wiki.corp.example.org:8080", "http://public.example.org:8080/", "forbidden_address"),
        ("10.0.0.9", "http://inside.example.org/", "forbidden_address"),
        ("10.0.0.0/8", "http://half.example.org/", "forbidden_address"),
    ],
)
def test_what_is_allowed_opens_nothing_else(
    network: Network, settings, entry: str, url: str, code: str
) -> None:
    settings.OUTGOING_ALLOWED = [entry]
    assert refusal(url) == code
    assert network.tried == []


@pytest.mark.parametrize(
    "entry", ["http://wiki/", "*.example.org", "10.0.0.1/8", "wiki:http", "", "[wiki]:80"]
)
def test_an_allowance_that_cannot_be_read_is_told(entry: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OUTGOING_ALLOWED"):
        read_allowed((entry,))


@pytest.mark.parametrize("code", outgoing.REASONS)
def test_every_reason_has_words(code: str) -> None:
    assert outgoing.in_words(code) != code
