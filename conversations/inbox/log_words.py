"""What the lines among staff say: who was given a conversation, how it was labelled, until when it sleeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LOG: dict[str, Promise] = {
    "reply_mail_failed": gettext_lazy("A reply could not be sent to the customer by e-mail"),
    "assigned": gettext_lazy("%(name)s gave this to %(to)s"),
    "given": gettext_lazy("%(to)s was given this, whose turn it was"),
    "unassigned": gettext_lazy("%(name)s gave this to nobody in particular"),
    "team": gettext_lazy("%(name)s gave this to the team %(to)s"),
    "no_team": gettext_lazy("%(name)s took this from its team"),
    "confirmed": gettext_lazy("Settled: the customer said so"),
    "assumed": gettext_lazy("Settled, as it seems: nothing more was said after the answer"),
    "unhelped": gettext_lazy("Closed: nothing more was said, and no answer had helped"),
    "put_right": gettext_lazy("An answer of this conversation was wrong, and is put right now"),
    "wrong_again": gettext_lazy("An answer of this conversation that was put right is wrong again"),
    "went_on": gettext_lazy("The customer wrote again"),
    "came_back": gettext_lazy("The customer wrote again"),
    "woken": gettext_lazy("%(name)s took this up again"),
    "woken_by_itself": gettext_lazy("The time has come that this was put off until"),
}


def labelled_words(data: dict[str, Any]) -> str:
    """A pattern with %(name)s."""
    done = (("add", _("labelled this: %(labels)s")), ("remove", _("took a label off: %(labels)s")))
    parts = [words % {"labels": ", ".join(data[key])} for key, words in done if data.get(key)]
    return "%(name)s " + "; ".join(parts).replace("%", "%%")


def snoozed_words(data: dict[str, Any]) -> str:
    """A pattern with %(name)s."""
    if not data.get("until"):
        return _("%(name)s put this off until the customer writes")
    until = timezone.localtime(datetime.fromisoformat(data["until"]))
    words = _("%(name)s put this off until %(day)s, %(time)s")
    shown = {"day": date_format(until, "DATE_FORMAT"), "time": date_format(until, "TIME_FORMAT")}
    return words.replace("%(day)s", shown["day"]).replace("%(time)s", shown["time"])
