"""The log of calls without what is nobody's business: secrets, personal data by its form or name. Pure.

What is written to the log is for finding out why something failed; the values themselves are not needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from stdnum import luhn

MASK = "•••"
MOST_SHOWN = 4_000  # characters of an answer
SECRET_NAMES = re.compile(
    r"pass(word|wd|phrase)?$|^pwd|secret|token|api.?key|^key$|^authori[sz]ation|cookie|session|credential|"
    r"signature|iban|card.?number|^cvv|^cvc|^pin$|^ssn|birth",
    re.IGNORECASE,
)
PERSONAL_NAMES = re.compile(
    r"e-?mail|phone|mobile|telephone|^tel$|(first|last|family|given|full|customer|user).?name|surname|"
    r"^address|street|postal|postcode|zip",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
DIGITS = re.compile(r"(?<![\w-])\+?\d(?:[ .()/-]{0,2}\d){8,18}(?![\w-])")
JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*")


def redacted(data: Any, *, private: Collection[str] = (), secrets: Collection[str] = ()) -> Any:
    """The same data for the log. `private` are names that are masked whatever they hold."""
    if isinstance(data, Mapping):
        return {
            name: _mask(value) if _is_private(str(name), private) else redacted(value, secrets=secrets)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [redacted(one, secrets=secrets) for one in data]
    return redacted_text(data, secrets=secrets) if isinstance(data, str) else data


def without_secrets(data: Any) -> Any:
    """The same data for a model: personal data stays, it may be what was asked for."""
    if isinstance(data, Mapping):
        return {
            name: _mask(value) if SECRET_NAMES.search(str(name)) else without_secrets(value)
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [without_secrets(one) for one in data]
    return _masked(data) if isinstance(data, str) else data


def without(data: Any, secret: str) -> Any:
    """The same data where a server repeats the secret that it was shown."""
    if isinstance(data, Mapping):
        return {name: without(value, secret) for name, value in data.items()}
    if isinstance(data, list):
        return [without(one, secret) for one in data]
    return _masked(data, [secret]) if isinstance(data, str) else data


def redacted_text(text: str, *, secrets: Collection[str] = ()) -> str:
    text = _masked(text, secrets)
    text = EMAIL.sub(lambda found: f"{found[0][0]}{MASK}@{found[0].rpartition('@')[2]}", text)
    text = IBAN.sub(lambda found: f"{found[0][:4]}{MASK}", text)
    return DIGITS.sub(_number, text)


def _masked(text: str, secrets: Collection[str] = ()) -> str:
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, MASK)
    return JWT.sub(MASK, text)


def _is_private(name: str, private: Collection[str]) -> bool:
    return name in private or bool(SECRET_NAMES.search(name) or PERSONAL_NAMES.search(name))


def _mask(value: Any) -> Any:
    return value if value is None or isinstance(value, bool) else MASK


def _number(found: re.Match[str]) -> str:
    """Cards keep their last four digits, telephone numbers their last two; a date stays."""
    digits = re.sub(r"\D", "", found[0])
    if re.match(r"\d{4}-\d\d-\d\d", found[0]):
        return found[0]
    if 13 <= len(digits) <= 19 and luhn.is_valid(digits):
        return f"{MASK} {digits[-4:]}"
    return f"{MASK}{digits[-2:]}"
