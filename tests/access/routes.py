"""Every address that the product's URLconf knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def routes() -> dict[str, str]:
    """Name with its namespace (else the path) → path such as "/staff/conversations/<uuid:id>/"."""
    found = _within(get_resolver().url_patterns, "", "/")
    return {path if name.endswith(":") or not name else name: path for name, path in found}


def _within(patterns: list[URLPattern | URLResolver], space: str, path: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _within(pattern.url_patterns, inner, here)
        else:
            yield f"{space}{pattern.name or ''}", here


def filled(path: str, values: dict[str, Any]) -> str:
    """The path with its places filled in, written with converters or as a regular expression."""
    path = re.sub(r"\^|\$", "", path)
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: str(values[found[1]]), path)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), path)
