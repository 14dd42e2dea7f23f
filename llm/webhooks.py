"""Whether a message to us is from who it says: Standard Webhooks, as OpenAI signs them. Pure.

The signature covers an id, a moment and the body. The body is told to nobody before it is checked, and what
comes of it is never more than a look at what the provider says itself.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256

WINDOW = 300  # seconds in either direction
PREFIX = "whsec_"
MOMENT = re.compile(r"[0-9]{1,12}")


class NotSigned(Exception):
    """The message is not from who has the secret, or it is an old one that is sent again."""


def key_of(secret: str) -> bytes:
    """Raises ValueError where a secret in the usual form cannot be one."""
    if secret.startswith(PREFIX):
        return b64decode(secret.removeprefix(PREFIX), validate=True)
    return secret.encode()


def check(body: bytes, headers: Mapping[str, str], *, secret: str, now: float) -> str:
    """The id of the message. Raises NotSigned."""
    message, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message or not MOMENT.fullmatch(moment):
        raise NotSigned("the headers of a signed message are missing")
    if abs(now - int(moment)) > WINDOW:
        raise NotSigned("the message is too old, or the clock of one of the two is wrong")
    expected = sign(message, moment, body, secret=secret)
    given = [part.partition(",") for part in headers.get("webhook-signature", "").split()]
    if not any(
        version == "v1" and hmac.compare_digest(expected.encode(), signature.encode())
        for version, _comma, signature in given
    ):
        raise NotSigned("the signature does not fit")
    return message


def sign(message: str, moment: str, body: bytes, *, secret: str) -> str:
    signed = b".".join([message.encode(), moment.encode(), body])
    return b64encode(hmac.new(key_of(secret), signed, sha256).digest()).decode()
