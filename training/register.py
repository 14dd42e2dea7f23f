"""The register's rows: asked for, claimed by one worker, gone on with, kept or forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from assistant.models import Router
from assistant.routing import samples
from llm.embedding import embedding_identity
from training.models import OPEN, Policy, State, Training

CLAIM = timedelta(minutes=5)  # after which whoever was at it is taken for dead
KEPT = 20  # trainings with their numbers, the newest; older ones are figures alone


def policy(*, locked: bool = False) -> Policy:
    """Locked, nobody else changes what is in use until the transaction ends."""
    if locked:
        found, _new = Policy.objects.select_for_update().get_or_create(pk=Policy.ONLY)
        return found
    return Policy.objects.select_related("pinned_by").first() or Policy(pk=Policy.ONLY)


@transaction.atomic
def ask(*, by: User | None = None, by_command: bool = False) -> tuple[Training, bool]:
    """The training that is to be done next, and whether it is a new one: there is one at a time."""
    policy(locked=True)
    under_way = Training.objects.light().open().first()
    if under_way is not None:
        return under_way, False
    return Training.objects.create(begun_by=by, by_command=by_command), True


def is_known(signature: str) -> bool:
    """Whether there is nothing new to learn: it is in use, or was learned last and is not used, was stopped
    or went wrong. What was gone back from is learned anew as soon as nothing is pinned."""
    newest = Training.objects.light().exclude(state__in=OPEN).first()
    in_use = Router.objects.filter(pk=Router.ONLY).values_list("signature", flat=True).first()
    if newest is None or (newest.state == State.RETIRED and policy().pinned_id is None):
        return signature == in_use
    return signature in (newest.signature, in_use)


def claim(pk: int) -> bool:
    """By this worker; False where another one is at it, or nobody wants it any more."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    wanted = Training.objects.open().filter(free, pk=pk)
    return bool(wanted.update(state=State.RUNNING, claimed_until=now + CLAIM))


def show(pk: int, **progress: Any) -> bool:
    """To whoever looks at it; False where it was cancelled meanwhile."""
    running = Training.objects.filter(pk=pk, state=State.RUNNING)
    return bool(running.update(claimed_until=timezone.now() + CLAIM, **progress))


def let_go(pk: int, *, error: str = "") -> None:
    """It is gone on with later, by whoever is free."""
    Training.objects.open().filter(pk=pk).update(claimed_until=None, error=error[:500])


def cancel(pk: int) -> bool:
    """Whoever is at it notices before the next part. What it was to learn is learned when something changes,
    or when somebody asks for it."""
    return _stop(pk, state=State.CANCELLED)


def fail(pk: int, why: str) -> None:
    """It is not tried over and over: only when something changes, or somebody asks for it."""
    _stop(pk, state=State.FAILED, why=why)


def _stop(pk: int, **changes: Any) -> bool:
    signature = samples.signature(embedding_identity())
    stopped = Training.objects.open().filter(pk=pk)
    return bool(stopped.update(signature=signature, ended_at=timezone.now(), claimed_until=None, **changes))


def forget_numbers() -> None:
    """Of all but the newest, what is in use and what is pinned."""
    spared = Q(state=State.IN_USE) | Q(pk__in=Policy.objects.exclude(pinned=None).values("pinned"))
    kept = Training.objects.filter(kept=True)
    newest = list(kept.values_list("pk", flat=True)[:KEPT])
    old = kept.exclude(pk__in=newest).exclude(spared)
    old.update(kept=False, numbers=b"", shadow=b"", report={})
