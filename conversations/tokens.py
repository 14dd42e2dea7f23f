"""Who a browser is: a signed cookie for the customer, a signed token that opens one conversation's socket."""

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

_COOKIE_SALT = "conversations.customer"
_TOKEN_SALT = "conversations.connect"  # noqa: S105 (a salt is not a secret)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a connect token allows: this conversation, as this customer, in this language."""

    conversation: UUID
    customer: UUID
    language: str
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
        return Grant(UUID(said["c"]), UUID(said["v"]), said["l"], expired=_is_old(token))
    except (signing.BadSignature, binascii.Error, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_old(token: str) -> bool:
    try:
        _signer().unsign(token, max_age=TOKEN_AGE)
    except signing.SignatureExpired:
        return True
    return False


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_TOKEN_SALT, sep=".")
