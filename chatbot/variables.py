"""The variables of the environment as values. Whatever is wrong with one is told in a sentence: its name,
what was given (unless it may be a secret) and what is expected.

A variable that is set to nothing counts as not set, so that a line of `.env` can be emptied.
"""

from __future__ import annotations

import json
import math
import re
from base64 import b64decode
from collections.abc import Sequence
from typing import Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
WEB = ("http://", "https://")
# A name or an address, perhaps with all that stands before it (".example.org"), or "*".
HOST_NAME = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
LARGEST = 2**31 - 1
SHOWN = 80  # characters of a wrong value
CORRECT = "Correct it in .env or in the environment"


def text(name: str, default: str = "") -> str:
    return env.str(name, default="") or default


def flag(name: str, *, default: bool) -> bool:
    word = text(name).strip().lower()
    if word and word not in (*YES, *NO):
        _refuse(name, f"one of the words {', '.join(YES)} or {', '.join(NO)}")
    return word in YES if word else default


def whole(name: str, default: int, *, least: int, most: int = LARGEST) -> int:
    """A whole number from `least` to `most`."""
    word = text(name).strip()
    try:
        value = int(word) if word else default
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        _refuse(
            name, f"a whole number {f'from {least} to {most}' if most < LARGEST else f'of at least {least}'}"
        )
    return value


def seconds(name: str, default: float) -> float:
    """A length of time: more than nothing, and an end."""
    word = text(name).strip()
    try:
        value = float(word) if word else default
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        _refuse(name, "a number of seconds greater than 0")
    return value


def chosen(name: str, default: str, among: Sequence[str]) -> str:
    value = text(name, default).strip()
    if value not in among:
        _refuse(name, f"one of {', '.join(among)}")
    return value


def time_zone(name: str, default: str) -> str:
    value = text(name, default).strip()
    try:
        ZoneInfo(value)
    except (
        LookupError,
        ValueError,
        OSError,
    ):  # no such zone; no name of a zone; the name of a folder of zones
        _refuse(name, "the name of a time zone, for example Europe/Paris")
    return value


def listed(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def host(name: str, default: str) -> str:
    """The name or address of this machine that is listened on."""
    value = text(name, default).strip()
    if not HOST_NAME.fullmatch(f"[{value}]" if ":" in value else value) or "*" in value:
        _refuse(name, "the name or the address of this machine to listen on, for example 127.0.0.1")
    return value


def hosts(name: str, default: list[str]) -> list[str]:
    """Names of hosts, without a scheme and without a port."""
    if not all(HOST_NAME.fullmatch(word) for word in listed(name)):
        _refuse(name, "names of hosts with commas between them, for example help.example.org,10.0.0.7")
    return listed(name) or default


def address(name: str, default: str = "") -> str:
    """An address of the web, or nothing."""
    value = text(name, default).strip()
    if value and not _is_address(value, WEB):
        _refuse(name, "an address that begins with http:// or https://")
    return value


def origins(name: str) -> list[str]:
    if not all(_is_address(word, WEB) for word in listed(name)):
        _refuse(name, "addresses that begin with http:// or https://, with commas between them")
    return listed(name)


def service(name: str, what: str, schemes: Sequence[str]) -> str:
    """The address of a service that there has to be. It may hold a password: it is never shown."""
    value = text(name).strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set: {what}. Run `make run`, which starts everything itself, or set it in .env."
        )
    if not _is_address(value, schemes):
        raise ImproperlyConfigured(
            f"{name} must be {what}, an address that begins with {' or '.join(schemes)}. {CORRECT}."
        )
    return value


def prices(name: str) -> dict[str, list[float]]:
    """What models cost, by their names: per million tokens of a prompt, and of an answer."""
    value = _object(name)
    if value is None or not all(_is_price(price) for price in value.values()):
        _refuse(name, 'JSON with two prices for each name, for example {"name*": [0.15, 0.6]}')
    return value


def _is_price(price: Any) -> bool:
    return isinstance(price, list) and len(price) == 2 and all(map(_is_amount, price))


def _is_amount(number: Any) -> bool:
    """True and false are none, although Python counts with them."""
    return type(number) in (int, float) and 0 <= number < math.inf


def single_prices(name: str) -> dict[str, float]:
    """What each million tokens costs, by the names of models."""
    value = _object(name)
    if value is None or not all(map(_is_amount, value.values())):
        _refuse(name, 'JSON with one price for each name, for example {"name*": 25}')
    return value


def fields(name: str) -> dict[str, Any]:
    """Fields of a request, as JSON has them."""
    value = _object(name)
    if value is None:
        _refuse(name, 'a JSON object, for example {"hyperparameters": {"lora": true}}')
    return value


def _object(name: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text(name, "{}"))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def webhook_secret(name: str) -> str:
    """What messages to us are signed with. It is never shown."""
    value = text(name).strip()
    try:
        key = b64decode(value.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if value.startswith("whsec_") and not key:
        wrong = "begins with whsec_ and is no secret of that form: copy it anew from the provider"
        raise ImproperlyConfigured(f"{name} {wrong}. {CORRECT}.")
    return value


def _is_address(value: str, schemes: Sequence[str]) -> bool:
    """Whether it begins with one of the schemes, names a place, and has no port that cannot be."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for a port that is no number, or too large a one
    except ValueError:
        return False
    local = "://" in value and (parts.path or parts.query)  # a socket's address has no host
    there = parts.hostname or (local and not value.startswith(WEB))
    return value.startswith(tuple(schemes)) and bool(there) and not re.search(r"\s", value)


def _refuse(name: str, expected: str) -> NoReturn:
    given = text(name)
    given = given if len(given) <= SHOWN else f"{given[:SHOWN]}…"
    raise ImproperlyConfigured(f"{name} is {given!r}: it must be {expected}. {CORRECT}.")
