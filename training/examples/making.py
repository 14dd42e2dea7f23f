"""A dataset from being asked for to its files: built a few seconds at a time, then all the rest at once.

A worker that is killed loses nothing that was written: which answers it is made of stands in the row, and how
many of them are done.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from accounts import audit
from accounts.models import User
from assistant.models import Assistant
from training.examples import choosing, settling
from training.examples.asked import Asked
from training.examples.rows import Dataset, Example
from training.examples.unreadable import check_some_is_readable, examples_of

CLAIM = timedelta(minutes=5)  # after which whoever was at it is taken for dead
FOREVER = float("inf")
SECONDS_A_SHOW = 0.5  # between two looks whether it was cancelled
State = Dataset.State


class Ended(Exception):
    """Somebody has cancelled it, or deleted it."""


@transaction.atomic
def ask(name: str, form: str, assistant: Assistant, asked: Asked, *, by: User | None) -> Dataset:
    dataset = Dataset.objects.create(
        name=name.strip()[:120], form=form, assistant=assistant, asked=asked.as_json(), by=by,
        language=translation.get_language() or "en",
    )  # fmt: skip
    audit.record(audit.Action.ADDED, dataset, by=by, after={"form": form, **asked.as_json()})
    return dataset


def waiting() -> QuerySet[Dataset]:
    free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
    return Dataset.objects.filter(free, state__in=Dataset.OPEN).order_by("pk")


def go_on(*, most_seconds: float = FOREVER) -> bool:
    """With the first that waits; whether there is more to do."""
    dataset = waiting().first()
    if dataset is not None:
        make(dataset.pk, most_seconds=most_seconds)
    return waiting().exists()


def make(pk: int, *, most_seconds: float = FOREVER) -> None:
    """Until it is done, or for so long."""
    until = time.monotonic() + most_seconds
    if not waiting().filter(pk=pk).update(state=State.MAKING, claimed_until=timezone.now() + CLAIM):
        return
    try:
        dataset = Dataset.objects.get(pk=pk)
        _choose(dataset)
        while dataset.done < dataset.total and time.monotonic() < until:
            _build(dataset)
        if dataset.done < dataset.total:
            Dataset.objects.filter(pk=pk, state=State.MAKING).update(claimed_until=None)
        else:
            check_some_is_readable(dataset)
            settling.settle(dataset)
    except (Ended, Dataset.DoesNotExist):
        return
    except BaseException as error:  # boundary: whatever went wrong, the row says so, and it is raised
        _fail(pk, error)
        raise


def _choose(dataset: Dataset) -> None:
    if "units" in dataset.figures:
        return
    units, more = choosing.units(dataset)
    dataset.figures = {"units": units, "more": more}
    dataset.total = len(units)
    _write(dataset, [], 0)


def _build(dataset: Dataset) -> None:
    """For half a second, then it is written down."""
    asked, begun, examples = Asked.from_json(dataset.asked), time.monotonic(), list[Example]()
    at = dataset.done
    while at < dataset.total and time.monotonic() - begun < SECONDS_A_SHOW:
        origin, key = dataset.figures["units"][at]
        examples += examples_of(dataset, origin, key, asked)
        at += 1
    _write(dataset, examples, at)


@transaction.atomic
def _write(dataset: Dataset, examples: Sequence[Example], done: int) -> None:
    mine = Dataset.objects.select_for_update().filter(pk=dataset.pk, state=State.MAKING, done=dataset.done)
    if not mine.exists():
        raise Ended
    for place, example in enumerate(examples, dataset.examples.count()):
        example.place = place
    Example.objects.bulk_create(settling.still_there(examples))
    dataset.done, dataset.claimed_until = done, timezone.now() + CLAIM
    dataset.save(update_fields=["done", "total", "figures", "claimed_until"])


def _fail(pk: int, error: BaseException) -> None:
    stopped = Dataset.objects.filter(pk=pk, state__in=Dataset.OPEN)
    stopped.update(state=State.FAILED, error=str(error)[:500], ended_at=timezone.now(), claimed_until=None)


@transaction.atomic
def cancel(pk: int) -> bool:
    """Whoever is at it notices before the next part."""
    stopped = Dataset.objects.select_for_update().filter(pk=pk, state__in=Dataset.OPEN).first()
    if stopped is None:
        return False
    stopped.examples.all().delete()
    stopped.state, stopped.ended_at, stopped.claimed_until = State.CANCELLED, timezone.now(), None
    stopped.figures = {}
    stopped.save(update_fields=["state", "ended_at", "claimed_until", "figures"])
    audit.record(audit.Action.STOPPED, stopped)
    return True


@transaction.atomic
def again(pk: int, *, by: User | None = None) -> bool:
    """From the beginning, with what is there now: one that failed, was cancelled or refused."""
    ended = (State.FAILED, State.CANCELLED, State.REFUSED)
    found = Dataset.objects.select_for_update().filter(pk=pk, state__in=ended, used_at=None).first()
    if found is None:
        return False
    found.examples.all().delete()
    found.state, found.why, found.error, found.card, found.signature = State.QUEUED, "", "", "", ""
    found.figures, found.done, found.total, found.ended_at = {}, 0, 0, None
    found.save()
    audit.record(audit.Action.CHANGED, found, by=by, after={"state": found.state})
    return True
