"""A mail is written down with the change that it tells of; a worker sends it after the commit."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from actions.bookings.mails.rows import BookingMail
from actions.bookings.mails.sending import queue
from actions.bookings.models import Booking
from chatbot import mailing

State = BookingMail.State


def tell(booking: Booking, *, kind: str) -> BookingMail | None:
    """None where there is nobody to tell, or no mail server. What waited before is needless now."""
    now = timezone.now()
    BookingMail.objects.filter(booking=booking, state=State.QUEUED).update(state=State.REPLACED, ended_at=now)
    if not booking.email or not mailing.can_send():
        return None
    mail = BookingMail.objects.create(booking=booking, kind=kind)
    transaction.on_commit(partial(queue.ring, mail.pk))
    return mail
