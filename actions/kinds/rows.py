"""What the kinds that are declared as rows have in common."""

from __future__ import annotations

from typing import Any

from actions.declared import Argument
from actions.models import Tool
from actions.models.tools import parameters_of


def common(tool: Tool) -> dict[str, Any]:
    """The settings that staff make for every tool, as fields of `Declared`."""
    return {
        "name": tool.key,
        "title": tool.name or tool.key,
        "description": tool.description,
        "words": tool.words,
        "changes": tool.changes,
        "verified_only": tool.verified_only,
        "in_free_conversation": tool.in_free_conversation,
        "enabled": tool.enabled and not tool.gone,
        "per_minute": tool.per_minute,
        "seconds": float(tool.seconds),
        "rests_until": tool.rests_until,
        "row": tool.pk,
        "labels": {one.name: one.label for one in parameters_of(tool) if one.label},
    }


def arguments_of(tool: Tool) -> tuple[Argument, ...]:
    return tuple(
        Argument(
            name=one.name, kind=one.kind, description=one.description, required=one.required,
            choices=tuple(one.choices), own=one.own, private=one.private,
        )
        for one in parameters_of(tool)
    )  # fmt: skip
