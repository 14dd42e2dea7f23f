"""Whoever may approve a proposed change of an article is told that it waits; whoever proposed it, what became
of it. Knowledge stands below and knows of nobody who is told: its rows are watched as they are saved."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import holding
from conversations.models import Notification
from conversations.notifying.kinds import DAILY, Kind, declare
from conversations.notifying.telling import see, tell, tell_all
from knowledge.models import Proposal

MOST = 50  # who may approve
PROPOSED = declare(Kind("proposed", gettext_lazy("A change of an article waits for approval"), mail=DAILY))
DECIDED = declare(Kind("decided", gettext_lazy("A change that I proposed is decided"), mail=DAILY))


def watch() -> None:
    """Once in each process, when the app is ready."""
    post_save.connect(_saved, sender=Proposal, dispatch_uid="proposals.saved")
    post_delete.connect(_gone, sender=Proposal, dispatch_uid="proposals.gone")


def about(proposal: Proposal) -> str:
    return f"proposal:{proposal.pk}"


def _saved(instance: Proposal, **_told: Any) -> None:
    if instance.state == Proposal.State.OPEN:
        _tell_who_may_approve(instance)
        return
    _nothing_waits(instance)
    by, title = instance.decided_by, instance.title
    if instance.author and by != instance.author:
        tell(
            instance.author, kind=DECIDED.key, about=about(instance), link=_link(instance),
            words=lambda: _decided(instance.state) % {"who": by or _("Somebody"), "title": title},
        )  # fmt: skip


def _gone(instance: Proposal, **_told: Any) -> None:
    _nothing_waits(instance)


def _tell_who_may_approve(proposal: Proposal) -> None:
    others = User.objects.filter(holding(Role.EDITOR)).exclude(pk=proposal.author_id or 0)
    tell_all(
        list(others.order_by("pk")[:MOST]), kind=PROPOSED.key, about=about(proposal), link=_link(proposal),
        words=lambda: _("%(who)s proposes a change of “%(title)s”")
        % {"who": proposal.author or _("Somebody"), "title": proposal.title},
    )  # fmt: skip


def _nothing_waits(proposal: Proposal) -> None:
    """Nobody is called to what is decided."""
    still = Notification.objects.filter(kind=PROPOSED.key, about=about(proposal), seen_at=None)
    for notification in still.select_related("user"):
        see(notification.user, pk=notification.pk)


def _link(proposal: Proposal) -> str:
    return reverse("admin:knowledge_document_proposal", args=[proposal.pk])


def _decided(state: str) -> str:
    if state == Proposal.State.PUBLISHED:
        return _("%(who)s has published your change of “%(title)s”")
    return _("%(who)s has declined your change of “%(title)s”")
