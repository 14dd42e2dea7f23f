"""What a server answered: whether it is an answer, and what is taken from it. Pure.

The kind of content is found by looking, not by believing its header.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from actions.cleaning import clean
from actions.errors import ActionError

STATUSES = {401: "unauthorised", 403: "forbidden", 404: "not_found", 410: "not_found", 429: "too_many"}
LONGEST_PAUSE = 300  # seconds that a server may ask for
USUAL_PAUSE = 10


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken: under which name, from where, of which form."""

    name: str
    path: str = ""
    kind: str = "any"
    required: bool = True


# What a slot gets of a part of each form. A text may be a day or a number too, and anything may be anything.
SLOTS = {"number": "number", "boolean": "yes_no", "list": "list"}


def kinds_of(parts: Sequence[Part]) -> dict[str, str]:
    return {part.name: SLOTS[part.kind] for part in parts if part.kind in SLOTS}


def refuse_status(status: int, *, location: str = "") -> None:
    """Raises ActionError for a status that is no success."""
    if location:
        raise ActionError("redirected", sent=True)
    if 200 <= status < 300:
        return
    code = STATUSES.get(status) or ("server_error" if status >= 500 else "rejected")
    raise ActionError(code, "" if status in STATUSES else str(status), sent=True)


def pause_of(headers: Mapping[str, str]) -> int:
    """Seconds that the server wants to be left alone (a date in Retry-After counts as the usual ones)."""
    word = headers.get("retry-after", "").strip()
    return (
        min(int(word), LONGEST_PAUSE)
        if word.isascii() and word.isdecimal() and len(word) < 9
        else USUAL_PAUSE
    )


def read_json(body: bytes) -> Any:
    """An empty body is an empty object: nothing more is to be said. Raises ActionError."""
    body = body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        return {}
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise ActionError("html" if body.startswith(b"<") else "not_json", sent=True) from None


def take(data: Any, parts: Sequence[Part]) -> Any:
    """The named parts, or all of it when none are named; cut, and without what nobody can see."""
    if not parts:
        return clean(data)
    taken = {part.name: _one(data, part) for part in parts}
    return clean(taken)


def _one(data: Any, part: Part) -> Any:
    value = at_path(data, part.path)
    if value is None:
        if part.required:
            raise ActionError("not_there", part.path or part.name, sent=True)
        return None
    if not IS[part.kind](value):
        raise ActionError("wrong_type", part.path or part.name, sent=True)
    return value


def at_path(data: Any, path: str) -> Any:
    """`items.0.name`: keys and places in lists. None where there is nothing."""
    for step in path.split(".") if path else ():
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isascii() and step.isdecimal() and int(step[:9]) < len(data):
            data = data[int(step[:9])]
        else:
            return None
    return data


IS = {
    "any": lambda value: True,
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, Mapping),
}
