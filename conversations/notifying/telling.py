"""Tell a member of staff something: written down first, so that whoever is away finds it later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from chatbot import mailing
from conversations import live
from conversations.models import Notification
from conversations.notifying.choosing import ways_of
from conversations.notifying.kinds import DAILY, KINDS, NEVER

GATHERED = timedelta(minutes=1)  # what comes in it makes one mail, and whoever comes back in it needs none
UNSEEN_HERE = timedelta(minutes=15)  # for which something may stay unseen by somebody who is here
MORNING = 8  # o'clock, on the company's clock: when the mail of the day goes
KEPT = timedelta(days=60)
TOLD = "told"  # the kind of ring
Words = str | Callable[[], str]


def tell(
    user: User, *, kind: str, about: str, link: str, words: Words, once: str = "", by_mail: bool = True
) -> None:
    """`kind`: one of kinds.KINDS. `about`: what it is about; news of the same replace what was not seen yet.
    `link`: a path of ours. `words`: one sentence; a function is called in their language. `once`: told once
    for all, e.g. of one deadline; whoever knows it already, or has left, is told nothing."""
    tell_all([user], kind=kind, about=about, link=link, words=words, once=once, by_mail=by_mail)


@transaction.atomic
def tell_all(
    users: list[User], *, kind: str, about: str, link: str, words: Words, once: str = "",
    by_mail: bool = True,
) -> None:  # fmt: skip
    """The same to several, with as many questions to the database as to one."""
    assert kind in KINDS, kind
    theirs = Notification.objects.filter(user__in=users, kind=kind, about=about)
    know = set(theirs.filter(once=once).values_list("user_id", flat=True)) if once else set()
    told = [user for user in users if user.is_active and user.pk not in know]
    facts = {"link": link, "once": once, "created_at": timezone.now()}
    unseen = set(theirs.filter(seen_at=None).values_list("user_id", flat=True))
    due = _mails_due(told, kind) if by_mail else {}
    new: list[Notification] = []
    for language, group in _by_language(told).items():
        said = facts | {"words": _said(words, language)}
        theirs.filter(seen_at=None, user__in=[user for user in group if user.pk in unseen]).update(**said)
        same = {"kind": kind, "about": about, **said}
        fresh = [user for user in group if user.pk not in unseen]
        new += [Notification(user=user, mail_due_at=due.get(user.pk), **same) for user in fresh]
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    for user in told:
        _ring(user)


def _by_language(users: Iterable[User]) -> dict[str, list[User]]:
    found: dict[str, list[User]] = {}
    for user in users:
        found.setdefault(user.language or settings.LANGUAGE_CODE, []).append(user)
    return found


def _said(words: Words, language: str) -> str:
    with override(language):
        return (words() if callable(words) else words)[:300]


def see(user: User, *, about: str = "", pk: int | None = None) -> None:
    """They have looked at what it is about, at one thing, or at all of the list."""
    unseen = Notification.objects.filter(user=user, seen_at=None)
    unseen = unseen.filter(about=about) if about else unseen
    if (unseen.filter(pk=pk) if pk is not None else unseen).update(seen_at=timezone.now()):
        _ring(user)


def forget_old() -> None:
    Notification.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _mails_due(users: list[User], kind: str) -> dict[int, datetime]:
    """When each is to be written to who is not told otherwise; those who get no mail are left out."""
    reachable = [user for user in users if mailing.is_address(user.email)] if mailing.can_send() else []
    now, found = timezone.now(), {}
    for user, how in ways_of(reachable).items():
        mail = how.choices[kind].mail
        if mail == DAILY:
            found[user] = _next_morning(now)
        elif mail != NEVER:
            found[user] = now + (UNSEEN_HERE if how.is_here(now) else GATHERED)
    return found


def _next_morning(now: datetime) -> datetime:
    local = timezone.localtime(now, timezone.get_default_timezone())
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def _ring(user: User) -> None:
    ring = live.Ring("", kind=TOLD, who=str(user.pk))
    transaction.on_commit(partial(live.ring, ring), robust=True)
