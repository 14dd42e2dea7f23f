"""Who is told that a better weighing waits: whoever looks after flows and knowledge."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import holding
from conversations.notifying.kinds import DAILY, Kind, declare
from conversations.notifying.telling import tell_all
from training.search.rows import SearchTraining

BETTER = declare(Kind("search", gettext_lazy("Search has learned something better, which waits"), mail=DAILY))


def about(pk: int) -> str:
    return f"search-training:{pk}"


def tell_staff(training: SearchTraining) -> None:
    """In the transaction that makes it a candidate."""
    number = {"number": training.pk}
    staff = User.objects.filter(holding(Role.EDITOR)).order_by("pk")
    tell_all(
        list(staff), kind=BETTER.key, about=about(training.pk), once=about(training.pk),
        link=reverse("training:search-training", args=[training.pk]),
        words=lambda: _("Search answers more with training %(number)d, which waits") % number,
    )  # fmt: skip
