"""Tell a worker that a transcript is to be sent. A ring that is lost, or comes twice, does no harm."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from celery import current_app
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import KombuError

from conversations.models import TranscriptMail

logger = logging.getLogger(__name__)

TASK = "conversations.tasks.send_transcript"
RING_AGAIN = timedelta(seconds=60)


def ring(mail_id: UUID) -> None:
    """When the broker is away, the sweep rings later."""
    TranscriptMail.objects.filter(pk=mail_id).update(rung_at=timezone.now())
    try:
        current_app.send_task(TASK, args=[str(mail_id)], retry=False)
    except (KombuError, OSError):
        logger.warning("The broker is away: transcript %s waits for the sweep.", mail_id)


def ring_waiting(limit: int = 50) -> int:
    """Ring for those that are due and were not rung for lately; returns how many there were."""
    now = timezone.now()
    quiet = Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN)
    due = TranscriptMail.objects.filter(quiet, state=TranscriptMail.State.QUEUED, due_at__lte=now)
    waiting = list(due.order_by("due_at").values_list("pk", flat=True)[:limit])
    for pk in waiting:
        ring(pk)
    return len(waiting)
