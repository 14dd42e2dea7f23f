"""Who a browser is: a signed cookie for the customer, a signed token that opens one conversation's socket;
and the link of a mail, which opens one conversation in any browser."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "customer"
COOKIE_AGE = 365 * 24 * 3600
TOKEN_AGE = 12 * 3600
OPENED = "opened"  # the cookie of a browser in which a link has opened a conversation
LINK_DAYS = 30
LINK_AGE = LINK_DAYS * 24 * 3600

_COOKIE_SALT = "conversations.customer"
_TOKEN_SALT = "conversations.connect"  # noqa: S105 (a salt is not a secret)
_LINK_SALT = "conversations.link"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a connect token allows: this conversation, as this customer, in this language."""

    conversation: UUID
    customer: UUID
    language: str
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What the link of a mail allows: this conversation, until it has expired, and nothing else of its
    customer."""

    conversation: UUID
    expired: bool = False


def customer_of(request: HttpRequest) -> UUID | None:
    """The customer whom the browser's cookie names, if the signature is ours."""
    signed = request.COOKIES.get(COOKIE, "")
    try:
        return UUID(signing.TimestampSigner(salt=_COOKIE_SALT).unsign(signed, max_age=COOKIE_AGE))
    except (signing.BadSignature, ValueError):
        return None


def remember_customer(response: HttpResponse, customer: UUID) -> None:
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_COOKIE_SALT).sign(customer.hex),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def make_token(*, conversation: UUID, customer: UUID, language: str) -> str:
    """For `new WebSocket(url, ["causerie.v1", token])`; its characters are those of a subprotocol."""
    return _signer().sign_object({"c": conversation.hex, "v": customer.hex, "l": language})


def read_token(token: str) -> Grant | None:
    """None: not ours. An expired token is told apart, so that the browser can fetch a new one."""
    try:
        said = _signer().unsign_object(token)
        expired = _is_old(_signer(), token, TOKEN_AGE)
        return Grant(UUID(said["c"]), UUID(said["v"]), said["l"], expired=expired)
    except (signing.BadSignature, binascii.Error, ValueError, KeyError, TypeError, AttributeError):
        return None


def make_link(conversation: UUID) -> str:
    """For the address in a mail."""
    return _link_signer().sign_object({"c": conversation.hex})


def read_link(token: str) -> Link | None:
    """None: not ours. One that has expired is told apart, so that whoever has it learns that it is over."""
    try:
        said = _link_signer().unsign_object(token)
        return Link(UUID(said["c"]), expired=_is_old(_link_signer(), token, LINK_AGE))
    except (signing.BadSignature, binascii.Error, ValueError, KeyError, TypeError, AttributeError):
        return None


def opened_in(request: HttpRequest) -> UUID | None:
    """The conversation that a link has opened in this browser, until the link has expired."""
    link = read_link(request.COOKIES.get(OPENED, ""))
    return link.conversation if link and not link.expired else None


def remember_link(response: HttpResponse, token: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(OPENED, token, max_age=LINK_AGE, httponly=True, samesite="Lax", secure=secure)


def forget_link(response: HttpResponse) -> None:
    response.delete_cookie(OPENED, samesite="Lax")


def _is_old(signer: signing.TimestampSigner, token: str, age: int) -> bool:
    try:
        signer.unsign(token, max_age=age)
    except signing.SignatureExpired:
        return True
    return False


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_TOKEN_SALT, sep=".")


def _link_signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_LINK_SALT, sep=".")
