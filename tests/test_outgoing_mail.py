"""EMAIL_URL is understood or refused in words, and the server behind it is spoken to as it says."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from chatbot import mailing
from chatbot.checks import check_mail
from chatbot.mail_server import MailServer as Configured
from chatbot.mail_server import mail_server as configured
from chatbot.mail_server import sender
from chatbot.mailing import Mail, MailError
from tests.mailserver import mail_server
from tests.mailserver.server import PASSWORD, USER

MAIL = Mail(key="k", to="carla@home.example", subject="Hi", text="é", html="<p>é</p>", language="en")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", Configured()),
        ("smtp://mail.example", Configured("mail.example", 25)),
        ("smtp://[::1]:2525/", Configured("::1", 2525)),
        (
            "smtp+tls://shop%40example.org:p%40ss%3Aw%2Frd@mail.example",
            Configured("mail.example", 587, "shop@example.org", "p@ss:w/rd", starttls=True),
        ),
        ("smtps://u:p@mail.example", Configured("mail.example", 465, "u", "p", tls=True)),
        ("smtp+ssl://u:p@mail.example:1465", Configured("mail.example", 1465, "u", "p", tls=True)),
    ],
)
def test_the_address_of_a_server_is_understood(url: str, server: Configured) -> None:
    assert configured(url) == server


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example:25", "scheme"),
        ("http://mail.example", "scheme"),
        ("smtp://", "no host"),
        ("smtp://user:sesame@", "no host"),
        ("smtp://user@mail.example", "without a password"),
        ("smtp://:sesame@mail.example", "without a user"),
        ("smtp://mail.example:twenty", "not an address"),
        ("smtp://mail.example:99999", "not an address"),
        ("smtp://user:ses/ame@mail.example", "not an address"),
        ("smtp://mail.example/path", "after the port"),
        ("smtp://mail.example?tls=1", "after the port"),
        ("smtp://[::1", "not an address"),
    ],
)
def test_an_address_that_is_wrong_is_refused_in_words_without_its_password(url: str, said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said) as refused:
        configured(url)
    assert "smtp+tls://user:password@host:587" in str(refused.value)
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["", "shop", "The shop <help@>", "a@b.example\r\nBcc: c@d.example", "root@x"]
)
def test_with_a_server_it_has_to_be_said_who_writes(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL"):
        sender(address, server=Configured("mail.example"))
    assert sender(address, server=Configured()) == address


def test_who_writes_may_have_a_name() -> None:
    for address in ("help@shop.example", "The shop <help@shop.example>"):
        assert sender(address, server=Configured("mail.example")) == address


def test_a_password_that_would_travel_in_the_clear_is_warned_of(settings: Any) -> None:
    settings.EMAIL_HOST_PASSWORD = "sesame"
    assert [warning.id for warning in check_mail()] == ["causerie.W005"]
    settings.EMAIL_USE_TLS = True
    assert check_mail() == []


@pytest.mark.parametrize(
    "address", ["carla@home.example", "carla+shop@home.example", "c.d@é.example", "x@a.co"]
)
def test_mail_goes_to_ordinary_addresses(address: str) -> None:
    assert mailing.is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "carla", "@home.example", "carla@", "root@localhost", "carla@home", "carla@[127.0.0.1]",
        '"carla"@home.example', '"a b"@home.example', "a@b.example,c@d.example", "a@b.example c@d.example",
        "a@b.example\n", "a@b.example\r\nBcc: c@d.example", "a@b.example%0aBcc: c", "Carla <a@b.example>",
        "é@home.example", "a\x00@b.example", "a@b.example;c@d.example", "a@b..example",
        "a" * 250 + "@b.example",
        "<a@b.example>", "a@b.example\u2028", "a@127.0.0.1.", "../a@b.example/..",
    ],
)  # fmt: skip
def test_and_to_nothing_else(address: str) -> None:
    assert not mailing.is_address(address)


# --- The server itself --------------------------------------------------------------------------------------


def use(settings: Any, url: str) -> None:
    """What chatbot/settings.py does with EMAIL_URL."""
    found = configured(url)
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = found.host, found.port, 5
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = found.user, found.password
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = found.starttls, found.tls
    settings.DEFAULT_FROM_EMAIL = "The shop <help@shop.example>"


def failing(mail: Mail = MAIL) -> tuple[str, bool]:
    with pytest.raises(MailError) as failed:
        mailing.send(mail)
    return failed.value.code, failed.value.permanent


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a server called localhost, signed by itself; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *private)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_it_is_signed_in_to_over_starttls(
    settings: Any, tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(tls=tls, sign_in=True) as server:
        use(settings, f"smtp+tls://shop%40example.org:p%40ss%3Aw%2Frd@localhost:{server.port}")
        assert (settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD) == (USER, PASSWORD)
        mailing.send(MAIL)
        assert server.mails()[0]["Message-ID"] == "<k@shop.example>"


def test_a_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail(
    settings: Any, tls: ssl.SSLContext
) -> None:
    with mail_server(tls=tls, sign_in=True) as server:
        use(settings, f"smtp+tls://shop%40example.org:p%40ss%3Aw%2Frd@localhost:{server.port}")
        assert failing() == ("unreachable", False)
        assert server.asked == 0


def test_a_server_without_starttls_gets_nothing_in_the_clear(settings: Any) -> None:
    with mail_server() as server:
        use(settings, f"smtp+tls://127.0.0.1:{server.port}")
        assert failing() == ("not_supported", False)
        assert server.asked == 0


def test_a_wrong_password_may_be_mended_meanwhile(settings: Any) -> None:
    with mail_server(sign_in=True) as server:
        use(settings, f"smtp://shop:wrong@127.0.0.1:{server.port}")
        assert failing() == ("sign_in_refused 535", False)


def test_without_a_server_nothing_is_tried(settings: Any) -> None:
    use(settings, "")
    assert failing() == ("not_set_up", False)
