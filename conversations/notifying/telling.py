"""Tell a member of staff something: written down first, so that whoever is away finds it later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from chatbot import mailing
from conversations import live
from conversations.models import Notification
from conversations.notifying.choosing import choices_of, is_here
from conversations.notifying.kinds import DAILY, KINDS, NEVER

GATHERED = timedelta(minutes=1)  # what comes in it makes one mail, and whoever comes back in it needs none
UNSEEN_HERE = timedelta(minutes=15)  # for which something may stay unseen by somebody who is here
MORNING = 8  # o'clock, on the company's clock: when the mail of the day goes
KEPT = timedelta(days=60)
TOLD = "told"  # the kind of ring


def tell(
    user: User, *, kind: str, about: str, link: str, words: str | Callable[[], str], once: str = "",
    by_mail: bool = True,
) -> Notification | None:  # fmt: skip
    """`kind`: one of kinds.KINDS. `about`: what it is about; news of the same replace what was not seen yet.
    `link`: a path of ours. `words`: one sentence; a function is called in their language. `once`: told once
    for all, e.g. of one deadline. None where they know it already, or have left."""
    assert kind in KINDS, kind
    theirs = Notification.objects.filter(user=user, kind=kind, about=about)
    if not user.is_active or (once and theirs.filter(once=once).exists()):
        return None
    with override(user.language or settings.LANGUAGE_CODE):
        text = words() if callable(words) else words
    facts: dict[str, Any] = {"words": text[:300], "link": link, "once": once, "created_at": timezone.now()}
    new = facts | {"mail_due_at": _mail_due(user, kind) if by_mail else None}
    row, _new = Notification.objects.update_or_create(
        user=user, kind=kind, about=about, seen_at=None, defaults=facts, create_defaults=new
    )
    _ring(user)
    return row


def see(user: User, *, about: str = "", pk: int | None = None) -> None:
    """They have looked at what it is about, at one thing, or at all of the list."""
    unseen = Notification.objects.filter(user=user, seen_at=None)
    unseen = unseen.filter(about=about) if about else unseen
    if (unseen.filter(pk=pk) if pk is not None else unseen).update(seen_at=timezone.now()):
        _ring(user)


def forget_old() -> None:
    Notification.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _mail_due(user: User, kind: str) -> datetime | None:
    choice = choices_of(user)[kind].mail
    if choice == NEVER or not mailing.can_send() or not mailing.is_address(user.email):
        return None
    now = timezone.now()
    if choice == DAILY:
        return _next_morning(now)
    return now + (UNSEEN_HERE if is_here(user, now) else GATHERED)


def _next_morning(now: datetime) -> datetime:
    local = timezone.localtime(now, timezone.get_default_timezone())
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def _ring(user: User) -> None:
    ring = live.Ring("", kind=TOLD, who=str(user.pk))
    transaction.on_commit(partial(live.ring, ring), robust=True)
