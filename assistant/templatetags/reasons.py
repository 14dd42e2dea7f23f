"""Filters that say the codes of a route in words."""

from __future__ import annotations

from typing import Any

from django import template

from assistant import reasons

register = template.Library()


@register.filter
def reason(code: str) -> str:
    return reasons.in_words(code)


@register.filter
def kind_of_reply(code: str) -> str:
    return reasons.looked_up(reasons.KINDS, code)


@register.filter
def outcome(code: str) -> str:
    return reasons.looked_up(reasons.OUTCOMES, code)


@register.filter
def handoff_reason(code: str) -> str:
    return reasons.looked_up(reasons.HANDOFFS, code)


@register.filter
def step(code: str) -> str:
    return reasons.looked_up(reasons.STEPS, code)


@register.filter
def speaker_in_prompt(role: str) -> str:
    return reasons.looked_up(reasons.SPEAKERS, role)


@register.filter
def failure(code: str) -> str:
    return reasons.failure(code)


@register.filter
def came_of_call(call: dict[str, Any]) -> str:
    return reasons.of_call(call)
