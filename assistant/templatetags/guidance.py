"""Filters that say in words what guidance did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from assistant.guidance import words

register = template.Library()


@register.filter
def kind_of_guidance(kind: str) -> str:
    return words.kind_of(kind)


@register.filter
def done_with_guidance(did: str) -> str:
    return words.done(did)


@register.filter
def why_guidance(note: Mapping[str, Any]) -> str:
    return words.why(note)
