"""What can be done, and by which way, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Action(models.TextChoices):
    ADDED = "added", pgettext_lazy("somebody", "added")
    CHANGED = "changed", pgettext_lazy("somebody", "changed")
    DELETED = "deleted", pgettext_lazy("somebody", "deleted")
    SEVERAL = "several", pgettext_lazy("somebody", "did something to several")
    SIGNED_IN = "signed_in", pgettext_lazy("somebody", "signed in")
    SIGNED_OUT = "signed_out", pgettext_lazy("somebody", "signed out")
    SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("somebody", "could not sign in")
    ROLE = "role", pgettext_lazy("somebody", "changed what somebody may do")
    PASSWORD = "password", pgettext_lazy("somebody", "changed a password")  # noqa: S105  (it is the name of what was done)
    PUBLISHED = "published", pgettext_lazy("somebody", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("somebody", "withdrew")
    TRIAL = "trial", pgettext_lazy("somebody", "changed a trial")
    ARCHIVED = "archived", pgettext_lazy("somebody", "archived")
    BROUGHT_BACK = "brought_back", pgettext_lazy("somebody", "brought back")
    WORDS = "words", pgettext_lazy("somebody", "changed standard words")
    EXPORTED = "exported", pgettext_lazy("somebody", "exported")
    TAKEN_OVER = "taken_over", pgettext_lazy("somebody", "took over")
    HANDED_BACK = "handed_back", pgettext_lazy("somebody", "handed back")
    RESOLVED = "resolved", pgettext_lazy("somebody", "resolved")
    ASSIGNED = "assigned", pgettext_lazy("somebody", "assigned")
    LABELLED = "labelled", pgettext_lazy("somebody", "labelled")
    SNOOZED = "snoozed", pgettext_lazy("somebody", "put off")
    IMPORTED = "imported", pgettext_lazy("somebody", "published an import")
    DISCARDED = "discarded", pgettext_lazy("somebody", "discarded")
    SWITCHED = "switched", pgettext_lazy("somebody", "switched on or off")
    APPROVED = "approved", pgettext_lazy("somebody", "approved")
    DECLINED = "declined", pgettext_lazy("somebody", "declined")
    RETRIED = "retried", pgettext_lazy("somebody", "had a job tried again")
    STOPPED = "stopped", pgettext_lazy("somebody", "cancelled a job")
    COMMAND = "command", pgettext_lazy("somebody", "ran a command")
    FORGOTTEN = "forgotten", pgettext_lazy("somebody", "deleted old entries of this trail")


class Via(models.TextChoices):
    PAGE = "page", _("a page")
    ADMIN = "admin", _("the settings")
    COMMAND = "command", _("a command or background work")
