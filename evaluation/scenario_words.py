"""What a scenario expects, and how an answer turned out, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXPECTATIONS: dict[str, Promise] = {
    "form": _("has asked for a form with"),
    "says": _("says"),
    "says_not": _("does not say"),
    "matches": _("matches the pattern"),
    "means": _("says, in its own words"),
    "cites": _("cites"),
    "cites_one": _("cites one of"),
    "flow": _("takes a step of the flow"),
    "at": _("stands in"),
    "ends": _("has ended the flow"),
    "slots": _("knows"),
    "actions": _("does"),
    "called": _("does, with these values"),
    "offers": _("offers the button"),
    "language": _("is written in"),
    "within": _("takes at most"),
    "costs": _("costs at most"),
    "outcome": _("turns out as"),
    "handoff": _("a person takes over"),
    "rubric": _("to be judged"),
    "patience": _("is not too much for a customer who sends at most"),
}
OUTCOMES: dict[str, Promise] = {
    "answered": _("answered"),
    "asked_back": _("asked back"),
    "declined": _("declined"),
    "handoff": _("handed over"),
    "guided": _("a step of a flow"),
}
SITUATIONS: dict[str, Promise] = {
    "happy_path": _("As hoped"),
    "correction": _("Correction"),
    "cancellation": _("Cancellation"),
    "digression": _("Digression"),
    "clarification": _("Asking back"),
    "handoff": _("A person takes over"),
    "knowledge": _("From the knowledge"),
    "no_answer": _("Without an answer"),
    "injection": _("Attack"),
    "language": _("Languages"),
}
