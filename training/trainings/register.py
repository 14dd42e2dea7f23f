"""The rows of one kind of training: asked for, claimed by one worker, gone on with, stopped. None is silently
lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from llm.errors import ModelError
from training.trainings.rows import Learning, LearningQuerySet, OnlyRow, State

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=Learning)
Policy = TypeVar("Policy", bound=OnlyRow)
FOREVER = float("inf")
TROUBLE = "trouble"  # why one has failed, of every kind


class Ended(Exception):
    """Somebody has cancelled it."""


class Refused(Exception):
    """There is nothing to learn from, or somebody else is at it: says what to do."""


@dataclass(frozen=True)
class Register(Generic[Row, Policy]):
    """After `claim_for` whoever was at one is taken for dead; `when_stopped` are the fields that are set with
    it."""

    trainings: type[Row]
    policies: type[Policy]
    claim_for: timedelta
    when_stopped: Callable[[], dict[str, Any]]

    @property
    def rows(self) -> LearningQuerySet[Row]:
        return LearningQuerySet(self.trainings)

    def policy(self, *, locked: bool = False) -> Policy:
        """Locked, nobody else changes what is in use until the transaction ends."""
        policies, only = self.policies._default_manager, self.policies.ONLY
        if locked:
            found, _new = policies.select_for_update().get_or_create(pk=only)
            return found
        return policies.select_related(*self.policies.SHOWN_WITH).first() or self.policies(pk=only)

    @transaction.atomic
    def ask(self, *, by: User | None = None, by_command: bool = False) -> tuple[Row, bool]:
        """The training that is to be done next, and whether it is a new one: there is one at a time."""
        self.policy(locked=True)
        under_way = self.rows.light().open().first()
        if under_way is not None:
            return under_way, False
        return self.rows.create(begun_by=by, by_command=by_command), True

    def claim(self, pk: int) -> bool:
        """By this worker; False where another one is at it, or nobody wants it any more."""
        now = timezone.now()
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        wanted = self.rows.open().filter(free, pk=pk)
        return bool(wanted.update(state=State.RUNNING, claimed_until=now + self.claim_for))

    def show(self, pk: int, **progress: Any) -> bool:
        """To whoever looks at it; False where it was cancelled meanwhile."""
        running = self.rows.filter(pk=pk, state=State.RUNNING)
        return bool(running.update(claimed_until=timezone.now() + self.claim_for, **progress))

    def let_go(self, pk: int, *, error: str = "") -> None:
        """It is gone on with later, by whoever is free."""
        self.rows.open().filter(pk=pk).update(claimed_until=None, error=error[:500])

    def cancel(self, pk: int) -> bool:
        """Whoever is at it notices before the next part. What it was to learn is learned when something
        changes, or when somebody asks for it."""
        return self._stop(pk, state=State.CANCELLED)

    def fail(self, pk: int, why: str) -> None:
        """It is not tried over and over: only when something changes, or somebody asks for it."""
        self._stop(pk, state=State.FAILED, why=why)

    def _stop(self, pk: int, **changes: Any) -> bool:
        stopped = self.rows.open().filter(pk=pk)
        changes |= self.when_stopped()
        return bool(stopped.update(ended_at=timezone.now(), claimed_until=None, **changes))

    def finish(self, pk: int, work: Callable[[Row], bool]) -> bool:
        """Whether it has come to an end. Raises ModelError, for whoever wants to know of it."""
        if not self.claim(pk):
            return False
        try:
            return work(self.rows.get(pk=pk))
        except Ended:
            return False
        except ModelError:
            raise
        except Exception:  # boundary: whatever went wrong, the register says so, and it is raised
            self.fail(pk, TROUBLE)
            raise

    def go_on(self, pk: int, finish: Callable[[int], bool]) -> bool:
        """The same. Without vectors it waits, and says why."""
        try:
            return finish(pk)
        except ModelError as error:
            logger.warning("%s waits: %s", self.trainings.__name__, error.code)
            self.let_go(pk, error=str(error))
            return False

    def at_once(self, finish: Callable[[int], bool]) -> Row:
        """For a command. Nobody waits for it any more where a model does not answer."""
        training, new = self.ask(by_command=True)
        try:
            ended = finish(training.pk)
        except ModelError:
            self.cancel(training.pk)
            raise
        training.refresh_from_db()
        if not ended:
            raise Refused(_not_begun(training, new=new))
        return training


def _not_begun(training: Learning, *, new: bool) -> str:
    if training.state == State.CANCELLED:
        return _("It was cancelled.")
    if new:
        return _("It could not be begun. Try again.")
    said = _("%(training)s is under way already. Wait for it, or cancel it on the page of training.")
    return said % {"training": training}
