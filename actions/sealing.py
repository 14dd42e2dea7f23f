"""Secrets and personal data as they are kept: encrypted, with a key that is not in the database.

The key comes of SECRET_KEY; what older ones sealed is read as long as they stand in SECRET_KEY_FALLBACKS. Why
so: docs/decisions/0016-actions.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"causerie.actions.sealing:"  # so that the key is of use for nothing else


class CannotUnseal(Exception):
    """SECRET_KEY is another one than when it was sealed."""


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Raises CannotUnseal."""
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise CannotUnseal from None


def seal_data(data: Any) -> str:
    return seal(json.dumps(data))


def unseal_data(sealed: str) -> Any:
    """None when there is nothing, or nothing that can be read."""
    try:
        return json.loads(unseal(sealed) or "null")
    except CannotUnseal:
        return None


def _box() -> MultiFernet:
    return _boxes((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _boxes(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest())
