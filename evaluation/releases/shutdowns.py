"""Editors are told of models that customers get and that are about to be shut down: when it becomes known, a
month before, a week before, and when it is so."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import holding
from assistant.models_in_use import models_in_use
from conversations.notifying.kinds import DAILY, Kind, declare
from conversations.notifying.telling import tell_all
from llm.choosing import ChatModel
from llm.lifetimes import Lifetime, known_lifetime, warning

SHUTDOWN = declare(Kind("shutdown", gettext_lazy("A model is about to be shut down"), mail=DAILY))
STAGES = (7, 30)  # days before


def tell_of_shutdowns() -> int:
    """How many models there is something to say of. Beat has it done, after the providers were asked."""
    found = [(model, known_lifetime(model)) for model in models_in_use()]
    today = timezone.localdate()
    ending = [(model, one) for model, one in found if warning(one, today)]
    for model, lifetime in ending:
        _tell(model, lifetime, today)
    return len(ending)


def stage(lifetime: Lifetime, today: date) -> str:
    """Each is told once."""
    if lifetime.gone or lifetime.ends is None or lifetime.ends <= today:
        return "gone"
    left = (lifetime.ends - today).days
    return next((str(days) for days in STAGES if left <= days), "known")


def _tell(model: ChatModel, lifetime: Lifetime, today: date) -> None:
    staff = User.objects.filter(holding(Role.EDITOR)).order_by("pk")
    tell_all(
        list(staff), kind=SHUTDOWN.key, about=f"model:{model.name}"[:120],
        once=f"{lifetime.ends}:{stage(lifetime, today)}",
        link=reverse("releases:list"), words=lambda: warning(lifetime, today),
    )  # fmt: skip
