"""EMAIL_URL: the server that takes outgoing mail, as one address."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

# Scheme → (STARTTLS, TLS from the first byte, port). The port says nothing about encryption; the scheme does.
SCHEMES = {
    "smtp": (False, False, 25),
    "smtp+tls": (True, False, 587),
    "smtps": (False, True, 465),
    "smtp+ssl": (False, True, 465),
}
WANTED = (
    "write smtp+tls://user:password@host:587 (STARTTLS), smtps://user:password@host:465 (TLS) or "
    "smtp://host:25 (not encrypted), with special characters of user and password percent-encoded."
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Without a host there is none, and no mail can be sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server(url: str) -> MailServer:
    """Raises ImproperlyConfigured, in words that do not repeat the password."""
    if not url:
        return MailServer()
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        raise ImproperlyConfigured(f"EMAIL_URL is not an address: {WANTED}") from None
    if problem := _problem(found):
        raise ImproperlyConfigured(f"EMAIL_URL {problem}: {WANTED}")
    starttls, tls, usual = SCHEMES[found.scheme]
    user, password = unquote(found.username or ""), unquote(found.password or "")
    return MailServer(found.hostname or "", port or usual, user, password, starttls, tls)


def _problem(found: SplitResult) -> str:
    if found.scheme not in SCHEMES:
        return "has a scheme that is not known"
    if not found.hostname:
        return "names no host"
    if found.path.strip("/") or found.query or found.fragment:
        return "goes on after the port"
    if bool(found.username) != bool(found.password):
        return "has a user without a password, or a password without a user"
    return ""


def sender(address: str, *, server: MailServer) -> str:
    """DEFAULT_FROM_EMAIL: "help@example.org" or "The shop <help@example.org>"; required with a server."""
    if not server.host:
        return address
    try:
        validate_email(parseaddr(address)[1] if address.isprintable() else "")
    except ValidationError:
        said = f"is {address!r}" if address else "is not set"
        raise ImproperlyConfigured(
            f"DEFAULT_FROM_EMAIL {said}: with EMAIL_URL it has to name who the mail comes from, for example "
            "The shop <help@example.org>."
        ) from None
    return address
