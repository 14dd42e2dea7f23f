"""Who is told that a fine-tuning has ended, or needs somebody: whoever began it, and all administrators."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import holding
from conversations.notifying.kinds import Kind, declare
from conversations.notifying.telling import tell_all
from training.fine_tuning.rows import FineTuning

TUNED = declare(Kind("fine_tuning", gettext_lazy("A fine-tuning has ended, or needs somebody")))
SAID: dict[str, Any] = {
    FineTuning.State.SUCCEEDED: gettext_lazy("Fine-tuning %(number)d has learned: compare %(model)s"),
    FineTuning.State.REFUSED: gettext_lazy("Fine-tuning %(number)d was refused: see what to do instead"),
    FineTuning.State.FAILED: gettext_lazy("Fine-tuning %(number)d has failed: see why"),
    FineTuning.State.CANCELLED: gettext_lazy("Fine-tuning %(number)d is cancelled"),
    FineTuning.State.VANISHED: gettext_lazy("Fine-tuning %(number)d is not known to the provider any more"),
}


def about(pk: int) -> str:
    return f"fine-tuning:{pk}"


def tell_staff(row: FineTuning) -> None:
    """In the transaction that writes it down."""
    staff = User.objects.filter(holding(Role.ADMIN) | Q(pk=row.by_id, is_active=True)).order_by("pk")
    facts = {"number": row.pk, "model": row.tuned_model}
    tell_all(
        list(staff), kind=TUNED.key, about=about(row.pk), once=f"{about(row.pk)}:{row.state}:{row.error}",
        link=reverse("training:fine-tuning", args=[row.pk]),
        words=lambda: str(SAID.get(row.state) or _("Fine-tuning %(number)d cannot be followed")) % facts,
    )  # fmt: skip
