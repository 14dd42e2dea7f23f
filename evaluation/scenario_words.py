"""What a scenario expects, and how an answer turned out, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXPECTATIONS: dict[str, Promise] = {
    "form": _("has asked for a form with"),
    "says": _("says"),
    "says_not": _("does not say"),
    "means": _("says, in its own words"),
    "cites": _("cites"),
    "flow": _("is in the flow"),
    "ends": _("has ended the flow"),
    "slots": _("knows"),
    "actions": _("does"),
    "outcome": _("turns out as"),
    "handoff": _("a person takes over"),
    "rubric": _("to be judged"),
}
OUTCOMES: dict[str, Promise] = {
    "answered": _("answered"),
    "asked_back": _("asked back"),
    "declined": _("declined"),
    "handoff": _("handed over"),
    "guided": _("a step of a flow"),
}
