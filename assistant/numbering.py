"""The numbers in an answer, such as [1], made links to what they cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

_TAG = re.compile(r"(<[^>]+>)")
_NUMBER = re.compile(r"\[(\d{1,2})\]")
_OPAQUE = ("a", "code", "pre")  # a number inside these is no citation


class Numbered(Protocol):
    """A citation, as it was given or as it was stored."""

    @property
    def number(self) -> int: ...
    @property
    def url(self) -> str: ...


def cited(html: str, citations: Iterable[Numbered]) -> SafeString:
    """The sanitised answer with each [1] that has a source made into a link to it."""
    # It was sanitised before, and the addresses that are added are escaped.
    # What a tool has brought has no page: the link opens the panel of the sources alone.
    return mark_safe(with_citations(html, {each.number: each.url or "#" for each in citations}))  # noqa: S308 (as said above)


def with_citations(html: str, urls: Mapping[int, str]) -> str:
    """Sanitised `html` with each `[n]` for which there is an address made a link; others stay as text."""
    pieces = _TAG.split(html)
    inside = 0
    for at, piece in enumerate(pieces):
        if piece.startswith("<"):
            inside += _depth(piece)
        elif not inside:
            pieces[at] = _NUMBER.sub(lambda match: _link(match, urls), piece)
    return "".join(pieces)


def _depth(tag: str) -> int:
    name = re.match(r"</?(\w+)", tag)
    if name is None or name.group(1).lower() not in _OPAQUE:
        return 0
    return -1 if tag.startswith("</") else 1


def _link(match: re.Match[str], urls: Mapping[int, str]) -> str:
    number = int(match.group(1))
    if number not in urls:
        return match.group(0)
    return f'<a class="cite" href="{escape(urls[number])}" data-number="{number}">{number}</a>'
