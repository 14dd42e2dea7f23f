"""Who is told that a new router is worse than the one in use: whoever looks after flows."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import holding
from conversations.notifying.kinds import DAILY, Kind, declare
from conversations.notifying.telling import tell_all
from training.models import Training

WORSE = declare(Kind("router", gettext_lazy("A new router is worse than the one in use"), mail=DAILY))


def about(pk: int) -> str:
    return f"training:{pk}"


def tell_staff(training: Training) -> None:
    """In the transaction that makes it a candidate."""
    number = {"number": training.pk}
    staff = User.objects.filter(holding(Role.EDITOR)).order_by("pk")
    tell_all(
        list(staff), kind=WORSE.key, about=about(training.pk), once=about(training.pk),
        link=reverse("training:training", args=[training.pk]),
        words=lambda: _("Training %(number)d is worse than what is in use, and waits") % number,
    )  # fmt: skip
