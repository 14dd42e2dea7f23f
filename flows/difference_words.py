"""What is different between two versions of a flow, in lines that people read."""

from __future__ import annotations

from os.path import commonprefix
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from flows.differences import Difference

SHOWN = 80  # characters of a value
KEPT_BEFORE = 20  # characters before the first that differs
FIELDS = {
    "name": gettext_lazy("name"),
    "description": gettext_lazy("what it is for"),
    "examples": gettext_lazy("what customers say"),
    "unlike": gettext_lazy("what sounds alike"),
    "when": gettext_lazy("condition"),
    "begins": gettext_lazy("whether customers can begin it"),
    "any_language": gettext_lazy("whether it begins in other languages too"),
    "start": gettext_lazy("first step"),
    "text": gettext_lazy("words"),
    "ask": gettext_lazy("question"),
    "question": gettext_lazy("question"),
    "confirm": gettext_lazy("question before it is done"),
    "confirms": gettext_lazy("the action that it is a yes to"),
    "reject": gettext_lazy("words when the answer is none"),
    "label": gettext_lazy("button or name"),
    "synonyms": gettext_lazy("other words for it"),
    "note": gettext_lazy("note"),
    "kind": gettext_lazy("kind"),
    "slot": gettext_lazy("slot"),
    "slots": gettext_lazy("what is asked for"),
    "optional": gettext_lazy("what may stay empty"),
    "options": gettext_lazy("buttons"),
    "choices": gettext_lazy("choices"),
    "cases": gettext_lazy("cases"),
    "values": gettext_lazy("what is noted down"),
    "action": gettext_lazy("action"),
    "given": gettext_lazy("what the action is given"),
    "takes": gettext_lazy("what is kept"),
    "reason": gettext_lazy("reason"),
    "outcome": gettext_lazy("outcome"),
    "nodes": gettext_lazy("steps"),
    "cards": gettext_lazy("cards"),
    "title": gettext_lazy("title"),
    "buttons": gettext_lazy("buttons"),
    "picture": gettext_lazy("picture"),
    "alt": gettext_lazy("the picture in words"),
    "link": gettext_lazy("link"),
    "says": gettext_lazy("what the button says"),
    "each": gettext_lazy("one for each of"),
    "next": gettext_lazy("where it leads"),
    "otherwise": gettext_lazy("where it leads if not understood"),
    "failed": gettext_lazy("where it leads if it fails"),
    "declined": gettext_lazy("where it leads if the customer says no"),
    "unknown": gettext_lazy("where it leads without an answer"),
}
COLOURS = {"added": "added", "removed": "removed"}


def line(one: Difference) -> dict[str, str]:
    """{kind, text}: added, removed, or else changed."""
    return {"kind": COLOURS.get(one.kind, "changed"), "text": _words(one)}


def is_told(one: Difference) -> bool:
    """Where a step stands on the canvas says nothing to customers."""
    return one.field != "layout"


def _words(one: Difference) -> str:
    known = {"name": one.name, **_sides(one.before, one.after)}
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
    ("added", "step"): gettext_lazy("New step “%(name)s”"),
    ("removed", "step"): gettext_lazy("Step “%(name)s” is gone"),
    ("renamed", "step"): gettext_lazy("Step %(before)s is called %(after)s now"),
    ("added", "slot"): gettext_lazy("New slot “%(name)s”"),
    ("removed", "slot"): gettext_lazy("Slot “%(name)s” is gone"),
    ("renamed", "slot"): gettext_lazy("Slot %(before)s is called %(after)s now"),
}


def _sides(before: Any, after: Any) -> dict[str, str]:
    """Both as they are shown. Two long texts are shown from shortly before they part."""
    if isinstance(before, str) and isinstance(after, str):
        same = len(commonprefix([before, after]))
        begin = before.rfind(" ", 0, max(same - KEPT_BEFORE, 0)) + 1
        if begin and max(len(before), len(after)) > SHOWN:
            before, after = (f"…{one[begin:]}" for one in (before, after))
    return {"before": _shown(before), "after": _shown(after)}


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
    text = "–" if value is None or value == "" else str(value)
    return _("“%(text)s”") % {"text": f"{text[:SHOWN]}…" if len(text) > SHOWN else text}
