"""What the trail keeps of values: never a secret, never a customer's data, never more than can be read. Pure.

Nothing in the trail can be taken back, so whatever might be secret is left out by its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "•••"
LONGEST = 4_000  # characters of one value
MOST = 200  # values of one list, or of one mapping
DEEPEST = 12
# Parts of names, between `_`, `-`, or capitals: `api_key`, `X-Token`, `newSecret`.
SECRET = {"password", "passwd", "passphrase", "secret", "secrets", "token", "tokens", "key", "keys", "auth"}
SECRET |= {"authorization", "credentials", "cookie", "headers", "held", "hash"}
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
USER_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+@")


def is_secret(name: str) -> bool:
    parts = {part.lower() for part in PARTS.findall(name)}
    lower = name.lower()
    return bool(parts & SECRET) or any(part in lower for part in ("password", "secret", "token", "apikey"))


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """These values as the trail keeps them."""
    return {
        str(name)[:LONGEST]: HIDDEN if is_secret(str(name)) and value else _kept(value, 0)
        for name, value in list(values.items())[:MOST]
    }


def _kept(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes | memoryview):
        return HIDDEN
    if depth < DEEPEST and isinstance(value, Mapping):
        inner = list(value.items())[:MOST]
        return {
            str(name): HIDDEN if is_secret(str(name)) and one else _kept(one, depth + 1)
            for name, one in inner
        }
    if depth < DEEPEST and isinstance(value, list | tuple | set | frozenset):
        return [_kept(one, depth + 1) for one in list(value)[:MOST]]
    return _text(str(value))


def _text(text: str) -> str:
    text = USER_IN_ADDRESS.sub(f"{HIDDEN}@", text.replace("\x00", ""))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
