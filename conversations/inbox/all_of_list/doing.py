"""A worker does what was asked for to one conversation after the other.

Each is changed in one transaction with the place behind it, under the row's lock and only while this worker
holds it: a worker that dies leaves nothing half done, and whoever goes on changes none a second time.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from conversations.access import may_see
from conversations.inbox import together, wish
from conversations.inbox.all_of_list.asking import ring
from conversations.inbox.all_of_list.ending import end
from conversations.inbox.all_of_list.rows import ListWork
from conversations.notifying.many import gathering

logger = logging.getLogger(__name__)

SECONDS = 20.0  # of a worker at a time, so that others get their turn
LEASE = timedelta(seconds=90)  # whoever holds one longer than that has died
MOST_TRIES = 3  # in which not one conversation is changed
KEPT = timedelta(days=30)
MOST_RUNG = 20
State = ListWork.State
OPEN = ListWork.objects.filter(state__in=ListWork.OPEN)


def go_on(pk: int, seconds: float = SECONDS) -> None:
    """For so long; where there is more, another worker is told."""
    work = _take(pk)
    if work is None:
        return
    try:
        act = wish.read(work.act, work.until).act(work.user)
    except wish.Unclear:
        _stop(work, "gone")
        return
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not _one(work, act):
            return
    if ListWork.objects.filter(pk=pk, due_at=work.due_at).update(due_at=timezone.now()):
        ring(pk)


@transaction.atomic
def _take(pk: int) -> ListWork | None:
    """None where it is not due, or has ended; with whoever may no longer talk with customers, it does."""
    waiting = OPEN.select_for_update(skip_locked=True, of=["self"]).select_related("user")
    work = waiting.filter(pk=pk, due_at__lte=timezone.now(), tries__lt=MOST_TRIES).first()
    if work is None:
        return None
    if not work.user.may(Role.AGENT):
        end(work, State.CANCELLED)
        return None
    work.state, work.tries, work.due_at = State.RUNNING, work.tries + 1, timezone.now() + LEASE
    work.save(update_fields=["state", "tries", "due_at"])
    return work


@transaction.atomic
def _one(work: ListWork, act: together.Act) -> bool:
    """The next conversation; False where there is none, or the work is no longer ours."""
    current = _held(work.pk, work.due_at)
    if current is None:
        return False
    if current.at >= current.total:
        end(current, State.DONE)
        return False
    key = work.keys[current.at]
    with gathering() as counted:
        done = may_see(current.user, key) and together.is_done(act, key)
    current.at, current.failed, current.tries = current.at + 1, current.failed + (not done), 0
    current.told = dict(Counter(current.told) + counted)
    current.save(update_fields=["at", "failed", "tries", "told"])
    return True


def _held(pk: int, lease: datetime) -> ListWork | None:
    mine = ListWork.objects.select_for_update(of=["self"]).select_related("user").defer("keys")
    return mine.filter(pk=pk, state=State.RUNNING, due_at=lease).first()


@transaction.atomic
def _stop(work: ListWork, error: str) -> None:
    current = _held(work.pk, work.due_at)
    if current is not None:
        end(current, State.FAILED, error)


def sweep() -> None:
    """Ring for what is due: its ring was lost, or its worker has died. What kills its workers is given up.
    Beat has it done."""
    now = timezone.now()
    for pk in OPEN.filter(due_at__lte=now, tries__gte=MOST_TRIES).values_list("pk", flat=True):
        _give_up(pk)
    for pk in OPEN.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:MOST_RUNG]:
        ring(pk)


@transaction.atomic
def _give_up(pk: int) -> None:
    due = OPEN.select_for_update(of=["self"]).select_related("user").defer("keys")
    work = due.filter(pk=pk, due_at__lte=timezone.now(), tries__gte=MOST_TRIES).first()
    if work is not None:
        logger.error("What is done to a list (%s) was interrupted %s times in a row.", pk, work.tries)
        end(work, State.FAILED, "interrupted")


def forget_ended() -> None:
    ListWork.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
