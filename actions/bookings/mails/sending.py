"""See a mail about a booking through: taken by one worker at a time, tried again later, sent or given up.

As with transcripts: whoever takes a row puts its `due_at` behind the end of the longest task, so that it is
due again by itself when the worker dies; `attempts` fences off a worker that was thought dead.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actions.bookings.mails.queueing import ring_waiting
from actions.bookings.mails.rows import BookingMail
from actions.bookings.mails.writing import mail_of
from chatbot import mailing
from chatbot.mailing import MailError

logger = logging.getLogger(__name__)

State = BookingMail.State
# After each attempt that failed: half a day in all, which outlasts greylisting and most repairs.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]
MOST_ATTEMPTS = len(PAUSES) + 1
WORKER_STOPPED = "worker_stopped"


def send(mail_id: UUID) -> bool:
    """Try it once, if it is due and nobody else does; returns whether it was tried."""
    mail = _take(mail_id)
    if mail is None:
        return False
    try:
        mailing.send(mail_of(mail))
    except MailError as error:
        _fail(mail, error=error.code, permanent=error.permanent)
    except Exception as error:  # boundary: the row says why it was not sent
        logger.exception("Mail %s about a booking could not be written", mail.pk)
        _fail(mail, error=f"broken {type(error).__name__}", permanent=False)
    else:
        _end(mail, State.SENT)
    return True


def sweep() -> None:
    """What is due and forgotten is rung for; what kills its workers is given up. Beat runs it."""
    exhausted = BookingMail.objects.filter(
        state=State.QUEUED, due_at__lte=timezone.now(), attempts__gte=MOST_ATTEMPTS
    )
    exhausted.update(state=State.FAILED, error=WORKER_STOPPED, ended_at=timezone.now())
    ring_waiting()


@transaction.atomic
def _take(mail_id: UUID) -> BookingMail | None:
    now = timezone.now()
    waiting = BookingMail.objects.select_for_update(skip_locked=True, of=["self"]).filter(
        pk=mail_id, state=State.QUEUED, due_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    mail = waiting.select_related("booking__service", "booking__person").first()
    if mail is None:
        return None
    mail.attempts += 1
    mail.due_at = now + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)
    mail.save(update_fields=["attempts", "due_at"])
    return mail


def _end(mail: BookingMail, state: str, *, error: str = "") -> None:
    """Also of one that was replaced while it was on its way: it was sent all the same."""
    taken = BookingMail.objects.filter(
        pk=mail.pk, attempts=mail.attempts, state__in=[State.QUEUED, State.REPLACED]
    )
    taken.update(state=state, error=error[:60], ended_at=timezone.now())


def _fail(mail: BookingMail, *, error: str, permanent: bool) -> None:
    logger.warning("Mail %s about a booking was not sent in attempt %s: %s", mail.pk, mail.attempts, error)
    if permanent or mail.attempts >= MOST_ATTEMPTS:
        _end(mail, State.FAILED, error=error)
        return
    again = timezone.now() + PAUSES[mail.attempts - 1]
    queued = BookingMail.objects.filter(pk=mail.pk, attempts=mail.attempts, state=State.QUEUED)
    queued.update(due_at=again, rung_at=None, error=error[:60])
