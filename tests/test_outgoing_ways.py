"""Certificates and proxies on the way to an address that a user gave."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from chatbot import outgoing
from chatbot.outgoing import connecting
from tests.webserver import Page, serving

PEM = serialization.Encoding.PEM


class Authority:
    """Signs certificates for the servers of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        own = certificate("Tests", "Tests", self.key, 1)
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(own.sign(self.key, hashes.SHA256()).public_bytes(PEM))

    def server(self, host: str, *, days: int = 1, own: bool = False) -> ssl.SSLContext:
        """`own`: signed by nobody but itself; `days` that it is still valid."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = certificate(host, host if own else "Tests", key, days)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        signed = made.sign(key if own else self.key, hashes.SHA256())
        file = self.folder / f"{host}.pem"
        secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(secret + signed.public_bytes(PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def certificate(
    subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    until = datetime.now(UTC) + timedelta(days=days)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=10))
        .not_valid_after(until)
    )


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    connecting.tls_context.cache_clear()
    yield authority
    connecting.tls_context.cache_clear()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name of example.org is this machine."""

    real = socket.getaddrinfo

    def getaddrinfo(name, port, *args, **options):
        return real("127.0.0.1" if name.endswith("example.org") else name, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def code_of(url: str) -> str:
    with pytest.raises(outgoing.OutgoingError) as caught:
        outgoing.fetch(url, seconds=5)
    return caught.value.code


def test_a_certificate_of_the_name_is_trusted(authority: Authority, names, settings) -> None:
    with serving({"/": Page("safe")}, tls=authority.server("shop.example.org")) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        assert outgoing.fetch(f"https://shop.example.org:{web.port}/").body == b"safe"
        assert outgoing.fetch(f"https://SHOP.example.org.:{web.port}/").body == b"safe"


@pytest.mark.parametrize("host", ["bank.example.org", "127.0.0.1"])
def test_a_certificate_of_another_name_is_not(authority: Authority, names, settings, host: str) -> None:
    with serving({"/": Page("safe")}, tls=authority.server("shop.example.org")) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        assert code_of(f"https://{host}:{web.port}/") == "tls_failed"
        assert web.asked == []


@pytest.mark.parametrize("wrong", [{"days": -1}, {"own": True}])
def test_an_expired_or_home_made_certificate_is_not(authority: Authority, names, settings, wrong) -> None:
    with serving({"/": Page("safe")}, tls=authority.server("shop.example.org", **wrong)) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        assert code_of(f"https://shop.example.org:{web.port}/") == "tls_failed"


def test_a_server_without_tls_is_told(authority: Authority, names, settings) -> None:
    with serving({"/": Page("plain")}) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        assert code_of(f"https://shop.example.org:{web.port}/") == "tls_failed"


def test_a_proxy_of_the_environment_is_not_used(names, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": Page("direct")}) as web, serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        assert outgoing.fetch(f"http://shop.example.org:{web.port}/").body == b"direct"
        assert proxy.asked == []


def test_the_proxy_of_the_settings_is_asked_by_name(settings) -> None:
    with serving({"http://shop.example.org/page": Page("by proxy")}) as proxy:
        settings.OUTGOING_PROXY = f"http://user:secret@127.0.0.1:{proxy.port}"
        answer = outgoing.fetch("http://shop.example.org/page")
    asked = proxy.asked[0]
    assert (answer.body, asked.headers["host"]) == (b"by proxy", "shop.example.org")
    assert asked.headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/", "http://localhost/", "http://2130706433/", "http://x.org:22/"]
)
def test_a_proxy_is_not_asked_for_what_says_itself_that_it_is_inside(settings, url: str) -> None:
    with serving() as proxy:
        settings.OUTGOING_PROXY = proxy.url
        assert code_of(url) in {"forbidden_address", "forbidden_port"}
        assert proxy.asked == []


def test_a_certificate_is_checked_through_a_proxy(authority: Authority, settings) -> None:
    with serving({"/": Page("safe")}, tls=authority.server("shop.example.org")) as web, serving() as proxy:
        for host in ("shop.example.org", "bank.example.org"):
            proxy.by_hand[f"{host}:{web.port}"] = lambda connection: tunnel(connection, web.port)
        settings.OUTGOING_PROXY = proxy.url
        settings.OUTGOING_ALLOWED = [f"shop.example.org:{web.port}", f"bank.example.org:{web.port}"]
        assert outgoing.fetch(f"https://shop.example.org:{web.port}/").body == b"safe"
        assert code_of(f"https://bank.example.org:{web.port}/") == "tls_failed"
    assert [asked.method for asked in proxy.asked] == ["CONNECT", "CONNECT"]


def tunnel(connection: socket.socket, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as inner:
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        others = {connection: inner, inner: connection}
        while True:
            for ready in select.select(list(others), [], [], 5)[0]:
                if not (data := ready.recv(65536)):
                    return
                others[ready].sendall(data)


def test_a_proxy_that_speaks_something_else_is_told(settings) -> None:
    settings.OUTGOING_PROXY = "socks5://127.0.0.1:1080"
    with pytest.raises(ImproperlyConfigured, match="OUTGOING_PROXY"):
        outgoing.fetch("http://shop.example.org/")


def test_a_proxy_that_refuses_is_told(settings) -> None:
    with serving() as proxy:
        settings.OUTGOING_PROXY = proxy.url
        assert code_of("https://shop.example.org/") == "refused"
