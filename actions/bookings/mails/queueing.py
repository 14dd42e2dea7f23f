"""A mail is written down with the change that it tells of; a worker sends it after the commit."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import KombuError

from actions.bookings.mails.rows import BookingMail
from actions.bookings.models import Booking
from chatbot import mailing

logger = logging.getLogger(__name__)

State = BookingMail.State
TASK = "actions.bookings.tasks.send_mail"
RING_AGAIN = timedelta(seconds=60)


def tell(booking: Booking, *, kind: str) -> BookingMail | None:
    """None where there is nobody to tell, or no mail server. What waited before is needless now."""
    now = timezone.now()
    BookingMail.objects.filter(booking=booking, state=State.QUEUED).update(state=State.REPLACED, ended_at=now)
    if not booking.email or not mailing.can_send():
        return None
    mail = BookingMail.objects.create(booking=booking, kind=kind)
    transaction.on_commit(partial(ring, mail.pk))
    return mail


def ring(mail_id: UUID) -> None:
    """When the broker is away, the sweep rings later."""
    BookingMail.objects.filter(pk=mail_id).update(rung_at=timezone.now())
    try:
        current_app.send_task(TASK, args=[str(mail_id)], retry=False)
    except (KombuError, OSError):
        logger.warning("The broker is away: mail %s about a booking waits for the sweep.", mail_id)


def ring_waiting(limit: int = 50) -> int:
    """Ring for those that are due and were not rung for lately; returns how many there were."""
    now = timezone.now()
    quiet = Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN)
    due = BookingMail.objects.filter(quiet, state=State.QUEUED, due_at__lte=now).order_by("due_at")
    waiting = list(due.values_list("pk", flat=True)[:limit])
    for pk in waiting:
        ring(pk)
    return len(waiting)
