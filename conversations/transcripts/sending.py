"""See a transcript's mail through: taken by one worker at a time, tried again later, sent or given up.

Whoever takes a row puts its `due_at` behind the end of the longest task: a ring that comes twice finds it
taken, and when the worker dies the row is due again by itself. `attempts` fences off a worker that was
thought dead.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chatbot import mailing
from chatbot.mailing import MailError
from conversations.event_lines import TRANSCRIPT_FAILED
from conversations.models import TranscriptMail
from conversations.posting import record
from conversations.transcripts.ringing import ring_waiting
from conversations.transcripts.writing import mail_of

logger = logging.getLogger(__name__)

State = TranscriptMail.State
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
        logger.exception("Transcript %s could not be written", mail.pk)
        _fail(mail, error=f"broken {type(error).__name__}", permanent=False)
    else:
        _end(mail, State.SENT)
    return True


def sweep() -> None:
    """What is due and forgotten is rung for; what kills its workers is given up. Beat runs it."""
    _give_up_stalled()
    ring_waiting()


@transaction.atomic
def _take(mail_id: UUID) -> TranscriptMail | None:
    now = timezone.now()
    waiting = TranscriptMail.objects.select_for_update(skip_locked=True, of=["self"]).filter(
        pk=mail_id, state=State.QUEUED, due_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    mail = waiting.select_related("conversation__assistant").first()
    if mail is None:
        return None
    mail.attempts += 1
    mail.due_at = now + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)
    mail.save(update_fields=["attempts", "due_at"])
    return mail


def _taken(mail: TranscriptMail) -> QuerySet[TranscriptMail]:
    return TranscriptMail.objects.filter(pk=mail.pk, state=State.QUEUED, attempts=mail.attempts)


def _end(mail: TranscriptMail, state: str, *, error: str = "") -> bool:
    """With its end, where it was to go is forgotten."""
    facts = {"state": state, "error": error[:60], "email": "", "ended_at": timezone.now()}
    return bool(_taken(mail).update(**facts))


def _fail(mail: TranscriptMail, *, error: str, permanent: bool) -> None:
    logger.warning("Transcript %s was not sent in attempt %s: %s", mail.pk, mail.attempts, error)
    if permanent or mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, error=error)
    else:
        again = timezone.now() + PAUSES[mail.attempts - 1]
        _taken(mail).update(due_at=again, rung_at=None, error=error[:60])


@transaction.atomic
def _give_up(mail: TranscriptMail, *, error: str) -> None:
    """Whoever still looks at the conversation is told, and can do something else."""
    if _end(mail, State.FAILED, error=error):
        with record(mail.conversation_id) as writing:
            writing.post_event(TRANSCRIPT_FAILED)


def _give_up_stalled() -> None:
    exhausted = TranscriptMail.objects.filter(
        state=State.QUEUED, due_at__lte=timezone.now(), attempts__gte=MOST_ATTEMPTS
    )
    for mail in exhausted[:50]:
        _give_up(mail, error=WORKER_STOPPED)
