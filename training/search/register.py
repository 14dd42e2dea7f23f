"""The register's rows: asked for, claimed by one worker, gone on with, stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from training.models import State
from training.search.rows import SearchPolicy, SearchTraining

CLAIM = timedelta(minutes=1)  # after which whoever was at it is taken for dead


def policy(*, locked: bool = False) -> SearchPolicy:
    """Locked, nobody else changes what is in use until the transaction ends."""
    if locked:
        found, _new = SearchPolicy.objects.select_for_update().get_or_create(pk=SearchPolicy.ONLY)
        return found
    return SearchPolicy.objects.first() or SearchPolicy(pk=SearchPolicy.ONLY)


@transaction.atomic
def ask(*, by: User | None = None, by_command: bool = False) -> tuple[SearchTraining, bool]:
    """The training that is to be done next, and whether it is a new one: there is one at a time."""
    policy(locked=True)
    under_way = SearchTraining.objects.light().open().first()
    if under_way is not None:
        return under_way, False
    return SearchTraining.objects.create(begun_by=by, by_command=by_command), True


def claim(pk: int) -> bool:
    """By this worker; False where another one is at it, or nobody wants it any more."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    wanted = SearchTraining.objects.open().filter(free, pk=pk)
    return bool(wanted.update(state=State.RUNNING, claimed_until=now + CLAIM))


def show(pk: int, **progress: Any) -> bool:
    """To whoever looks at it; False where it was cancelled meanwhile."""
    running = SearchTraining.objects.filter(pk=pk, state=State.RUNNING)
    return bool(running.update(claimed_until=timezone.now() + CLAIM, **progress))


def let_go(pk: int, *, error: str = "") -> None:
    """It is gone on with later, by whoever is free."""
    SearchTraining.objects.open().filter(pk=pk).update(claimed_until=None, error=error[:500])


def cancel(pk: int) -> bool:
    """Whoever is at it notices before the next question."""
    return _stop(pk, state=State.CANCELLED)


def fail(pk: int, why: str) -> None:
    _stop(pk, state=State.FAILED, why=why)


def _stop(pk: int, **changes: Any) -> bool:
    stopped = SearchTraining.objects.open().filter(pk=pk)
    return bool(stopped.update(ended_at=timezone.now(), claimed_until=None, asked={}, **changes))
