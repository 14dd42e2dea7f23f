"""See mails through: written down with what they tell of, taken by one worker at a time, tried again, sent or
given up.

Whoever takes a row puts its `due_at` behind the end of the longest task: a ring that comes twice finds it
taken, and when the worker dies the row is due again by itself. `attempts` fences off a worker that was
thought dead.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Generic, TypeVar

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import KombuError

from chatbot import mailing
from chatbot.mailing import Mail, MailError

logger = logging.getLogger(__name__)

QUEUED, SENT, FAILED = "queued", "sent", "failed"  # every kind of row has these states
# After each attempt that failed: half a day in all, which outlasts greylisting and most repairs.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]
MOST_ATTEMPTS = len(PAUSES) + 1
WORKER_STOPPED = "worker_stopped"
RING_AGAIN = timedelta(seconds=60)
AT_ONCE = 50
MONTH = timedelta(days=30)
MOST_FORGOTTEN = 500  # at a time


class QueuedMail(models.Model):
    """What a kind of mail adds is its `state`, and what it is about. The id becomes the Message-ID: a mail
    that is sent twice (a worker died between the server's yes and our note of it) is seen to be the same."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)  # also the fence
    error = models.CharField(max_length=60, blank=True)  # a code of mailing.MailError
    due_at = models.DateTimeField(default=timezone.now)  # when somebody may (again) try to send it
    rung_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=QueuedMail)


class MailQueue(Generic[Row]):
    """One kind of mail. `task` is the name of the Celery task that calls `send` with an id."""

    rows: type[Row]
    task: str
    related: tuple[str, ...] = ()
    open_states: ClassVar[tuple[str, ...]] = (QUEUED,)  # from which a mail that was taken may end
    forgotten: ClassVar[Mapping[str, Any]] = {}  # what is emptied with its end
    kept: ClassVar[timedelta | None] = None  # after its end; None where ended rows are needed for more

    def written(self, row: Row) -> Mail:
        raise NotImplementedError

    def given_up(self, row: Row) -> None:
        """In the transaction that gives it up: for whoever is to be told."""

    def ring(self, mail_id: uuid.UUID) -> None:
        """Tell a worker. When the broker is away, the sweep rings later; twice does no harm."""
        self.rows._default_manager.filter(pk=mail_id).update(rung_at=timezone.now())
        try:
            current_app.send_task(self.task, args=[str(mail_id)], retry=False)
        except (KombuError, OSError):
            logger.warning("The broker is away: %s %s waits for the sweep.", self._name, mail_id)

    def ring_waiting(self) -> int:
        """Ring for those that are due and were not rung for lately; returns how many there were."""
        now = timezone.now()
        quiet = Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN)
        due = self._queued().filter(quiet, due_at__lte=now).order_by("due_at")
        waiting = list(due.values_list("pk", flat=True)[:AT_ONCE])
        for pk in waiting:
            self.ring(pk)
        return len(waiting)

    def send(self, mail_id: uuid.UUID) -> bool:
        """Try it once, if it is due and nobody else does; returns whether it was tried."""
        mail = self.take(mail_id)
        if mail is None:
            return False
        try:
            mailing.send(self.written(mail))
        except MailError as error:
            self._fail(mail, error=error.code, permanent=error.permanent)
        except Exception as error:  # boundary: the row says why it was not sent
            logger.exception("%s %s could not be written", self._name, mail.pk)
            self._fail(mail, error=f"broken {type(error).__name__}", permanent=False)
        else:
            self.end(mail, SENT)
        return True

    def sweep(self) -> None:
        """What is due and forgotten is rung for; what kills its workers is given up. Beat runs it."""
        exhausted = self._queued().filter(due_at__lte=timezone.now(), attempts__gte=MOST_ATTEMPTS)
        for mail in exhausted[:AT_ONCE]:
            self._give_up(mail, error=WORKER_STOPPED)
        self.ring_waiting()
        self.forget_ended()

    def try_again(self, mail_id: uuid.UUID | str, *, failed: bool) -> bool:
        """At once, by hand: one that waits for its next attempt, or (`failed`) one that was given up."""
        rows, now = self.rows._default_manager.filter(pk=mail_id), timezone.now()
        waiting = rows.filter(state=QUEUED, rung_at=None, due_at__gt=now)
        again = waiting.update(due_at=now)
        if failed and not again:
            fresh = {"attempts": 0, "error": "", "ended_at": None, "rung_at": None}
            again = rows.filter(state=FAILED).update(state=QUEUED, due_at=now, **fresh)
        if again:
            self.ring(rows.values_list("pk", flat=True).get())
        return bool(again)

    @transaction.atomic
    def stop(self, mail_id: uuid.UUID | str, *, error: str) -> bool:
        """By hand. One that is being sent at this moment is not stopped."""
        waiting = self._queued().select_for_update(skip_locked=True, of=["self"])
        idle = Q(rung_at=None) | Q(due_at__lte=timezone.now())
        mail = waiting.filter(idle, pk=mail_id).first()
        if mail is not None:
            self._give_up(mail, error=error)
        return mail is not None

    def forget_ended(self) -> None:
        """Long after nobody asks any more what became of them."""
        if self.kept is None:
            return
        before = timezone.now() - self.kept
        ended = self.rows._default_manager.exclude(state=QUEUED).filter(ended_at__lt=before)
        ended.filter(pk__in=ended.values("pk")[:MOST_FORGOTTEN]).delete()

    @transaction.atomic
    def take(self, mail_id: uuid.UUID) -> Row | None:
        now = timezone.now()
        waiting = self._queued().select_for_update(skip_locked=True, of=["self"])
        mine = waiting.filter(pk=mail_id, due_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        mail = mine.select_related(*self.related).first()
        if mail is None:
            return None
        mail.attempts += 1
        mail.due_at = now + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)
        mail.save(update_fields=["attempts", "due_at"])
        return mail

    def end(self, mail: Row, state: str, *, error: str = "") -> bool:
        """False when another worker has taken it since."""
        mine = self.rows._default_manager.filter(
            pk=mail.pk, attempts=mail.attempts, state__in=self.open_states
        )
        return bool(
            mine.update(state=state, error=error[:60], ended_at=timezone.now(), **dict(self.forgotten))
        )

    def _fail(self, mail: Row, *, error: str, permanent: bool) -> None:
        logger.warning("%s %s was not sent in attempt %s: %s", self._name, mail.pk, mail.attempts, error)
        if permanent or mail.attempts >= MOST_ATTEMPTS:
            self._give_up(mail, error=error)
        else:
            again = timezone.now() + PAUSES[mail.attempts - 1]
            mine = self._queued().filter(pk=mail.pk, attempts=mail.attempts)
            mine.update(due_at=again, rung_at=None, error=error[:60])

    @transaction.atomic
    def _give_up(self, mail: Row, *, error: str) -> None:
        if self.end(mail, FAILED, error=error):
            self.given_up(mail)

    def _queued(self) -> models.QuerySet[Row]:
        return self.rows._default_manager.filter(state=QUEUED)

    @property
    def _name(self) -> str:
        return self.rows.__name__
