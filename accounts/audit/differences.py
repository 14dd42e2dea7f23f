"""What was before and what came after, for people to read."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.audit.rows import AuditEntry

SHORT = 80  # characters of what stands in one line with what came of it


@dataclass(frozen=True, slots=True)
class Difference:
    """`lines` are those of a long text: (mark, words), the mark one of "+", "-" and " "; else both sides."""

    name: str
    before: str
    after: str
    lines: list[tuple[str, str]]


def differences(entry: AuditEntry) -> list[Difference]:
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    return [_difference(entry, name) for name in names]


def _difference(entry: AuditEntry, name: str) -> Difference:
    field = _field(entry, name)
    before, after = (in_words(_chosen(field, side.get(name))) for side in (entry.before, entry.after))
    is_long = "\n" in before + after or max(len(before), len(after)) > SHORT
    called = capfirst(str(getattr(field, "verbose_name", name.replace("_", " "))))
    return Difference(called, before, after, _lines(before, after) if is_long else [])


def in_words(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ", ".join(map(str, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return str(value)


def _lines(before: str, after: str) -> list[tuple[str, str]]:
    """What went and what came, with a line around it."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [(line[0], line[1:]) for line in found if line[:3] not in ("---", "+++") and line[0] in "+- "]


def _field(entry: AuditEntry, name: str) -> Any:
    """None for what is no field of the row."""
    try:
        return apps.get_model(entry.app, entry.kind)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError):
        return None


def _chosen(field: Any, value: Any) -> Any:
    """A choice as it is called where it is chosen."""
    choices = dict(getattr(field, "flatchoices", None) or [])
    return choices.get(value, value) if isinstance(value, str) else value
