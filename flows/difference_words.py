"""What is different between two versions of a flow, in lines that people read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from flows.differences import Difference

SHOWN = 80  # characters of a value
FIELDS = {
    "name": lazy("name"),
    "description": lazy("what it is for"),
    "examples": lazy("what customers say"),
    "unlike": lazy("what sounds alike"),
    "when": lazy("condition"),
    "begins": lazy("whether customers can begin it"),
    "start": lazy("first step"),
    "text": lazy("words"),
    "ask": lazy("question"),
    "question": lazy("question"),
    "confirm": lazy("question before it is done"),
    "reject": lazy("words when the answer is none"),
    "label": lazy("button or name"),
    "synonyms": lazy("other words for it"),
    "note": lazy("note"),
    "kind": lazy("kind"),
    "slot": lazy("slot"),
    "options": lazy("buttons"),
    "choices": lazy("choices"),
    "cases": lazy("cases"),
    "values": lazy("what is noted down"),
    "action": lazy("action"),
    "given": lazy("what the action is given"),
    "takes": lazy("what is kept"),
    "reason": lazy("reason"),
    "outcome": lazy("outcome"),
    "nodes": lazy("steps"),
    "next": lazy("where it leads"),
    "otherwise": lazy("where it leads if not understood"),
    "failed": lazy("where it leads if it fails"),
    "declined": lazy("where it leads if declined"),
    "unknown": lazy("where it leads without an answer"),
}
COLOURS = {"added": "added", "removed": "removed"}


def line(one: Difference) -> dict[str, str]:
    """{kind, text}: added, removed, or else changed."""
    return {"kind": COLOURS.get(one.kind, "changed"), "text": _words(one)}


def is_told(one: Difference) -> bool:
    """Where a step stands on the canvas says nothing to customers."""
    return one.field != "layout"


def _words(one: Difference) -> str:
    known = {"name": one.name, "before": _shown(one.before), "after": _shown(one.after)}
    if not one.field:
        return WHOLE[one.kind, one.part] % known
    place = {"part": _part(one), "field": _field(one)}
    if one.kind == "moved":
        return _("%(part)s – %(field)s: in another order") % place
    if one.before is None or one.kind == "added":
        return _("%(part)s – %(field)s: new, %(after)s") % {**place, **known}
    if one.after is None or one.kind == "removed":
        return _("%(part)s – %(field)s: gone, %(before)s") % {**place, **known}
    return _("%(part)s – %(field)s: %(before)s → %(after)s") % {**place, **known}


WHOLE = {
    ("added", "step"): lazy("New step “%(name)s”"),
    ("removed", "step"): lazy("Step “%(name)s” is gone"),
    ("renamed", "step"): lazy("Step %(before)s is called %(after)s now"),
    ("added", "slot"): lazy("New slot “%(name)s”"),
    ("removed", "slot"): lazy("Slot “%(name)s” is gone"),
    ("renamed", "slot"): lazy("Slot %(before)s is called %(after)s now"),
}


def _part(one: Difference) -> str:
    parts = {"step": _("Step “%(name)s”"), "slot": _("Slot “%(name)s”"), "flow": _("Flow")}
    return parts[one.part] % {"name": one.name}


def _field(one: Difference) -> str:
    """The last part that has a name of its own, with the option or case that it belongs to."""
    steps = one.field.split(".")
    named = [str(FIELDS[step]) if step in FIELDS else step for step in steps]
    told = " › ".join(named)
    return f"{told} ({one.language})" if one.language else told


def _shown(value: Any) -> str:
    if isinstance(value, tuple | list):
        value = ", ".join(str(one) for one in value)
    text = str(value)
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
