"""A task that does nothing but say that it was done.

Beat sends it every 15 seconds and writes that down; the worker takes it from the same queue as all work, and
writes when it did. Beside that workers say, also in the middle of a long task, that they are there. So it is
known which of them is dead, and when the queue is merely long.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from celery import current_app
from celery import signals as celery_signals
from django.db import DatabaseError, connection
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from kombu.exceptions import KombuError

from background.models import Pulse
from background.verdict import Signs, Verdict, judge

logger = logging.getLogger(__name__)

TASK = "background.tasks.sing"
HEADER = "rung_at"  # of the message
SELDOM = 5.0  # seconds between two notes of one process
_noted: dict[str, float] = {}


def listen() -> None:
    """In whichever process this is: Celery sends each of these where it happens."""
    celery_signals.before_task_publish.connect(_dated, sender=TASK, dispatch_uid="canary dated")
    celery_signals.after_task_publish.connect(_rung, sender=TASK, dispatch_uid="canary rung")
    celery_signals.heartbeat_sent.connect(_alive, dispatch_uid="canary alive")
    celery_signals.task_prerun.connect(_worked, dispatch_uid="canary began")
    celery_signals.task_postrun.connect(_worked, dispatch_uid="canary ended")


def sing(sent_at: datetime) -> None:
    """The worker does it. Those that were sent later wait still."""
    answered = Case(When(rung_at__lte=sent_at, then=Value(None)), default=Value(sent_at))
    note(done_at=timezone.now(), done_rung_at=sent_at, unanswered_at=answered)


def ring(sent_at: datetime) -> None:
    """Beat has sent it; a quick worker may have done it already."""
    waits = Case(
        When(done_rung_at__gte=sent_at, then=Value(None)), default=Coalesce("unanswered_at", sent_at)
    )
    note(rung_at=sent_at, queued=waiting_tasks(), unanswered_at=waits)


def note(**moments: Any) -> None:
    """In one statement: beat and several workers write at once."""
    if not Pulse.objects.filter(pk=Pulse.ONLY).update(**moments):
        Pulse.objects.get_or_create(pk=Pulse.ONLY)
        Pulse.objects.filter(pk=Pulse.ONLY).update(**moments)


def signs() -> Signs:
    """As they stand in the row."""
    names = [field.name for field in fields(Signs)]
    return Signs(**(Pulse.objects.filter(pk=Pulse.ONLY).values(*names).first() or {}))


def verdict() -> Verdict:
    return judge(signs(), timezone.now())


def _dated(headers: dict[str, Any], **_signal: Any) -> None:
    headers[HEADER] = timezone.now().isoformat()


def _rung(headers: dict[str, Any], **_signal: Any) -> None:
    _unless_away(lambda: ring(datetime.fromisoformat(headers[HEADER])), closing=True)


def _alive(**_signal: Any) -> None:
    """In the worker's main process, every other second. It shares no connection with those that it forks."""
    if _is_time("alive"):
        _unless_away(lambda: note(alive_at=timezone.now()), closing=True)


def _worked(**_signal: Any) -> None:
    if _is_time("worked"):
        _unless_away(lambda: note(worked_at=timezone.now()))


def waiting_tasks() -> int:
    """How many the broker holds; 0 where it cannot be asked."""
    try:
        with current_app.pool.acquire(block=True) as broker:
            name = current_app.conf.task_default_queue
            return int(broker.default_channel.queue_declare(name, durable=True).message_count)
    except (KombuError, OSError):
        return 0


def _is_time(what: str) -> bool:
    now = time.monotonic()
    if now - _noted.get(what, -SELDOM) < SELDOM:
        return False
    _noted[what] = now
    return True


def _unless_away(write: Callable[[], None], *, closing: bool = False) -> None:
    """Work does not stop because the database cannot be told of it."""
    try:
        write()
    except DatabaseError:
        logger.warning("The database is away: no sign of life is kept.")
    finally:
        if closing:
            connection.close()
