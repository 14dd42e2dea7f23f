"""Editors are told that a release was rolled back by itself."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import holding
from assistant.models import Release
from conversations.notifying.kinds import AWAY, Kind, declare
from conversations.notifying.telling import tell_all

ROLLED_BACK = declare(Kind("release", gettext_lazy("A release was rolled back by itself"), mail=AWAY))


def about(pk: int) -> str:
    return f"release:{pk}"


def tell_rolled_back(release: Release) -> None:
    """In the transaction that does it."""
    known = {"number": release.number, "assistant": release.assistant.name}
    staff = User.objects.filter(holding(Role.EDITOR)).order_by("pk")
    tell_all(
        list(staff), kind=ROLLED_BACK.key, about=about(release.pk), once=about(release.pk),
        link=reverse("releases:release", args=[release.pk]),
        words=lambda: _("%(assistant)s: release %(number)d was rated worse, and was rolled back") % known,
    )  # fmt: skip
