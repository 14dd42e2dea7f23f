"""Values of other systems' files, of which nothing is known: asked for as one kind, or nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def mappings(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in sequence(value) if isinstance(entry, dict)]


def text(value: Any) -> str:
    """Text or a number as text, without the space around it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def texts(value: Any) -> list[str]:
    """A text or a list of them, the empty ones left out."""
    values = value if isinstance(value, list) else [value]
    return [found for found in map(text, values) if found]


def first_text(fields: dict[str, Any], names: Iterable[str]) -> str:
    """The first of these fields that says something."""
    return next((found for found in (text(fields.get(name)) for name in names) if found), "")


def within(value: Any, *path: str) -> Any:
    """What stands at `path` in mappings inside mappings; None where one is missing."""
    for name in path:
        value = mapping(value).get(name)
    return value


def web_address(value: Any) -> str:
    """A link that a reader can follow, else nothing."""
    address = text(value)
    return address if address.lower().startswith(("https://", "http://")) and " " not in address else ""
