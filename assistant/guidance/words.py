"""Rows of guidance in words: why one holds, and what became of it, in the words of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.guidance.held import Did, Kind
from assistant.guidance.rows import KINDS, Guidance

DONE: dict[str, Promise] = {
    Did.PROMPT: gettext_lazy("the model was told"),
    Did.SAID: gettext_lazy("its words were said"),
    Did.REPLACED: gettext_lazy("the answer was held back"),
    Did.REFUSED: gettext_lazy("nothing was answered"),
    Did.HANDED_OVER: gettext_lazy("a person was brought in"),
    Did.NEEDS_MODEL: gettext_lazy("left aside: this needs a model"),
    Did.UNSAID: gettext_lazy("left aside: its words did not fit here"),
    Did.TOO_MANY: gettext_lazy("left aside: too many rows for one answer"),
}
WOULD: dict[str, Promise] = {
    Kind.TONE: gettext_lazy("A model would be told."),
    Kind.RULE: gettext_lazy("A model would be told."),
    Kind.GUARDRAIL: gettext_lazy("The answer would be held against it."),
    Kind.ESCALATION: gettext_lazy("A person would be brought in."),
}
CONDITIONS: dict[str, Promise] = {
    "about": gettext_lazy("What it is about"),
    "language": gettext_lazy("Language"),
    "hours": gettext_lazy("Time of the question"),
    "who": gettext_lazy("Customer"),
}


def kind_of(kind: str) -> str:
    return str(dict(KINDS).get(kind, kind))


def done(did: str) -> str:
    return str(DONE.get(did, did))


def called(row: int) -> str:
    """What the list of conversations is narrowed to."""
    found = Guidance.objects.filter(pk=row).first()
    return _("Guidance: %(text)s") % {"text": found.text if found else f"#{row}"}


def why(note: Mapping[str, Any]) -> str:
    """By which line of it, as a trace or “Try it” has it."""
    line = note.get("line")
    if not line:
        return ""
    if note.get("by") == "words" or note.get("score") is None:
        return _("“%(line)s”, by its words") % {"line": line}
    known = {"line": line, "score": floatformat(note["score"], 1), "bar": floatformat(note.get("bar"), 1)}
    if not known["bar"]:
        return _("“%(line)s”, by meaning: %(score)s") % known
    return _("“%(line)s”, by meaning: %(score)s against %(bar)s") % known
