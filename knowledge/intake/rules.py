"""What a source wants done to its texts: its `cleaning` column, read and written. Pure.

`{"off": [steps], "on": [steps], "personal": "flag"|"redact", "names": [...], "allowed": [...]}`; what is
missing is as usual. Steps are kept as differences, so that a step which is added later reaches every source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from knowledge.cleaning.base import Rules
from knowledge.cleaning.steps import STEPS, usual_steps

PERSONAL = ("flag", "redact")


def rules_of(stored: Mapping[str, Any], *, repeated: frozenset[str] = frozenset()) -> Rules:
    personal = str(stored.get("personal", ""))
    return Rules(
        steps=(usual_steps() - _names(stored, "off")) | _names(stored, "on"),
        languages=tuple(code for code, _name in settings.LANGUAGES),
        region=str(stored.get("region") or "FR"),
        personal=personal if personal in PERSONAL else "flag",
        allowed=_names(stored, "allowed"),
        names=_names(stored, "names"),
        repeated=repeated,
    )


def _names(stored: Mapping[str, Any], key: str) -> frozenset[str]:
    given = stored.get(key)
    return frozenset(str(name) for name in given) if isinstance(given, list) else frozenset()


def as_stored(
    *, steps: frozenset[str], personal: str, names: list[str], allowed: list[str]
) -> dict[str, Any]:
    """The column for these choices."""
    usual, every = usual_steps(), frozenset(step.name for step in STEPS)
    chosen = {
        "off": sorted(usual - steps),
        "on": sorted((steps & every) - usual),
        "personal": personal if personal != PERSONAL[0] else "",
        "names": names,
        "allowed": allowed,
    }
    return {key: value for key, value in chosen.items() if value}
