"""Write to those who may decide, when something waits that they have not been told of."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import Role, User
from actions import approvals
from actions.models import Call, Notice
from actions.notices.writing import mail_of
from chatbot import mailing
from chatbot.mailing import MailError

logger = logging.getLogger(__name__)

MOST_COUNTED = 500
PERMISSION = "actions.view_call"  # the page of what waits asks the same


def mail_what_waits() -> int:
    """Returns how many mails were sent. Beat runs it."""
    if not settings.APPROVAL_MAILS or not mailing.can_send() or not approvals.waiting().exists():
        return 0
    return sum(_tell(user) for user in deciders())


def deciders() -> list[User]:
    """Active staff who may decide and have an address."""
    able = Q(is_superuser=True) | Q(role__in=[Role.EDITOR, Role.ADMIN])
    staff = User.objects.filter(able, is_active=True).order_by("pk")
    return [user for user in staff if user.has_perm(PERMISSION) and mailing.is_address(user.email)]


def _tell(user: User) -> bool:
    notice, _new = Notice.objects.get_or_create(user=user)
    fresh = list(approvals.waiting().filter(pk__gt=notice.upto)[:MOST_COUNTED])
    if not fresh or not _take(notice):
        return False
    upto = max(call.pk for call in fresh)
    try:
        mailing.send(mail_of(user, _all_that_waits(fresh), key=f"approvals-{notice.pk}-{upto}"))
    except MailError as error:
        logger.warning("%s was not told of what waits for approval: %s", user.username, error)
        # A mailbox that is refused for good is not tried again before there is something new.
        _put_off(notice, upto=upto if error.permanent else notice.upto, error=error.code[:60])
        return False
    _put_off(notice, upto=upto, error="", sent_at=timezone.now())
    return True


def _all_that_waits(fresh: list[Call]) -> list[Call]:
    return list(approvals.waiting()[:MOST_COUNTED]) or fresh


def _take(notice: Notice) -> bool:
    """False while the last mail is too new, or another worker writes one."""
    now = timezone.now()
    due = Notice.objects.filter(pk=notice.pk, due_at__lte=now, upto=notice.upto)
    return bool(due.update(due_at=now + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)))


def _put_off(notice: Notice, **changes: object) -> None:
    due_at = timezone.now() + timedelta(minutes=settings.APPROVAL_MAIL_MINUTES)
    Notice.objects.filter(pk=notice.pk).update(due_at=due_at, **changes)
