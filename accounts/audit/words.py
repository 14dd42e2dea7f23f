"""What can be done, and by which way, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    SEVERAL = "several", _("did something to several")
    SIGNED_IN = "signed_in", _("signed in")
    SIGNED_OUT = "signed_out", _("signed out")
    SIGN_IN_FAILED = "sign_in_failed", _("could not sign in")
    ROLE = "role", _("changed what somebody may do")
    PASSWORD = "password", _("changed a password")  # noqa: S105  (it is the name of what was done)
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrew")
    TRIAL = "trial", _("changed a trial")
    ARCHIVED = "archived", _("archived")
    BROUGHT_BACK = "brought_back", _("brought back")
    WORDS = "words", _("changed standard words")
    EXPORTED = "exported", _("exported")
    TAKEN_OVER = "taken_over", _("took over")
    HANDED_BACK = "handed_back", _("handed back")
    RESOLVED = "resolved", _("resolved")
    ASSIGNED = "assigned", _("assigned")
    LABELLED = "labelled", _("labelled")
    SNOOZED = "snoozed", _("put off")
    IMPORTED = "imported", _("published an import")
    DISCARDED = "discarded", _("discarded")
    SWITCHED = "switched", _("switched on or off")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    COMMAND = "command", _("ran a command")
    FORGOTTEN = "forgotten", _("deleted old entries of this trail")


class Via(models.TextChoices):
    PAGE = "page", _("a page")
    ADMIN = "admin", _("the settings")
    COMMAND = "command", _("a command or background work")
