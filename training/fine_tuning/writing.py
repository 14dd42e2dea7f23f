"""The only writer of fine-tunings: begun, taken by one worker at a time, gone on with, ended."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.audit.words import Via
from accounts.models import User
from training.examples.keeping import mark_used
from training.fine_tuning.acting import News
from training.fine_tuning.life import ASKED, SENDING, Change, Facts, Step
from training.fine_tuning.rows import FineTuning, FineTuningCheckpoint, FineTuningEvent
from training.fine_tuning.telling import tell_staff

LEASE = timedelta(minutes=6)  # longer than a task may take
JITTER = 0.2  # so that many do not come at once
# What a person must see to, while the job goes on at the provider.
NEEDING = frozenset({"other_host", "unauthorised", "not_configured"})


@transaction.atomic
def begin(row: FineTuning) -> FineTuning:
    """What is to be sent, where and by whose word stands in it."""
    row.save(force_insert=True)
    if row.dataset is not None:
        mark_used(row.dataset)
    audit.record(audit.Action.ADDED, row, by=row.by, after=_asked(row))
    return row


def _asked(row: FineTuning) -> dict[str, Any]:
    return {
        "dataset": row.dataset_name, "host": row.host, "model": row.base_model, "method": row.method,
        "texts": row.lines + row.validation_lines, "estimated_tokens": row.estimated_tokens,
        "hyperparameters": row.hyperparameters,
    }  # fmt: skip


@transaction.atomic
def take(now: datetime, *, pk: int | None = None) -> FineTuning | None:
    """One that is due, for this worker alone."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = FineTuning.objects.filter(free, next_poll_at__lte=now)
    due = due.filter(pk=pk) if pk else due
    row = due.select_for_update(skip_locked=True, of=["self"]).order_by("next_poll_at").first()
    if row is None:
        return None
    row.attempt += 1
    row.leased_until = now + LEASE
    row.save(update_fields=["attempt", "leased_until"])
    return row


def facts_of(row: FineTuning) -> Facts:
    return Facts(
        state=row.state, validates=row.validation_lines > 0, training_asked_at=row.training_asked_at,
        training_file=row.training_file, validation_asked_at=row.validation_asked_at,
        validation_file=row.validation_file, creation_asked_at=row.creation_asked_at, job=row.job,
        cancel_wanted=row.cancel_wanted_at is not None, files_deleted=row.files_deleted_at is not None,
        status=row.status, error=row.error, failures=row.failures, unchanged=row.unchanged,
    )  # fmt: skip


def announce(row: FineTuning, step: Step, now: datetime) -> bool:
    """Before anything is asked for. False where another worker has it, or somebody has cancelled it."""
    if step not in ASKED:
        return True
    values = {ASKED[step]: now, **({"state": FineTuning.State.UPLOADING} if step in SENDING else {})}
    mine = _mine(row).filter(cancel_wanted_at=None)
    for name, value in values.items():
        setattr(row, name, value)
    return bool(mine.update(**values))


@transaction.atomic
def write(row: FineTuning, step: Step, change: Change, news: News, now: datetime) -> bool:
    """False where another worker has it since: what it writes counts."""
    mine = _mine(row).select_for_update().first()
    if mine is None:
        return False
    told_before = mine.error
    values = dict(change.values)
    if change.ends and mine.is_open:
        values["ended_at"] = now
    values |= {"polled_at": now, "next_poll_at": _due(change, now), "leased_until": None}
    for name, value in values.items():
        setattr(mine, name, _fitting(name, value))
    mine.save(update_fields=list(values))
    _keep(mine, news)
    _leave_trail(mine, step, change)
    if change.ends or (mine.error in NEEDING and mine.error != told_before and mine.is_open):
        tell_staff(mine)
    return True


def rest(row: FineTuning) -> None:
    """There is nothing more to do."""
    _mine(row).update(next_poll_at=None, leased_until=None)


def let_go(row: FineTuning) -> None:
    """It is due as before, for whoever comes next."""
    _mine(row).update(leased_until=None)


def ring(job: str) -> bool:
    """Somebody says that there is news of this job: it is looked at now, and not believed."""
    open_ones = FineTuning.objects.filter(job=job, state__in=FineTuning.OPEN)
    return bool(job and open_ones.update(next_poll_at=timezone.now()))


@transaction.atomic
def cancel(pk: int, *, by: User | None = None) -> bool:
    """It is asked of the provider by whoever goes on with it; False where it has ended."""
    row = FineTuning.objects.select_for_update().filter(pk=pk, state__in=FineTuning.OPEN).first()
    if row is None or row.cancel_wanted_at is not None:
        return False
    before, row.cancel_wanted_at, row.next_poll_at = row.state, timezone.now(), timezone.now()
    row.save(update_fields=["cancel_wanted_at", "next_poll_at"])
    audit.record(audit.Action.STOPPED, row, by=by, before={"state": before})
    return True


def look_now(pk: int) -> bool:
    """By hand, when somebody does not want to wait; also for files that could not be deleted."""
    wanted = Q(state__in=FineTuning.OPEN) | Q(files_deleted_at=None)
    rows = FineTuning.objects.filter(wanted, pk=pk)
    return bool(rows.update(next_poll_at=timezone.now(), failures=0))


def _mine(row: FineTuning) -> Any:
    return FineTuning.objects.filter(pk=row.pk, attempt=row.attempt)


def _due(change: Change, now: datetime) -> datetime | None:
    if change.delay is None:
        return None
    spread = 1 + JITTER * (2 * random.random() - 1)  # noqa: S311
    return now + timedelta(seconds=max(0.0, change.delay * spread))


def _fitting(name: str, value: Any) -> Any:
    """What a provider says may be longer than we keep."""
    longest = getattr(FineTuning._meta.get_field(name), "max_length", None)
    return value[:longest] if longest and isinstance(value, str) else value


def _keep(row: FineTuning, news: News) -> None:
    FineTuningEvent.objects.bulk_create(
        [
            FineTuningEvent(
                fine_tuning=row, provider_id=one.id, at=one.at, level=one.level, message=one.message,
                step=one.step, steps=one.steps, train_loss=one.train_loss, valid_loss=one.valid_loss,
            )
            for one in news.events
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    FineTuningCheckpoint.objects.bulk_create(
        [
            FineTuningCheckpoint(
                fine_tuning=row, provider_id=one.id, model=one.model[:255], step=one.step,
                train_loss=one.train_loss, valid_loss=one.valid_loss, accuracy=one.accuracy,
            )
            for one in news.checkpoints
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _leave_trail(row: FineTuning, step: Step, change: Change) -> None:
    done: tuple[audit.Action, Mapping[str, Any]] | None = None
    if step in SENDING and not change.values.get("error"):
        file = getattr(row, f"{SENDING[step]}_file")
        done = audit.Action.EXPORTED, {"host": row.host, "file": file, "part": SENDING[step]}
    elif step == Step.TIDY and row.files_deleted_at:
        files = [file for file in (row.training_file, row.validation_file) if file]
        done = audit.Action.DELETED, {"host": row.host, "files": files}
    elif change.ends:
        done = audit.Action.CHANGED, {"state": row.state, "error": row.error, "model": row.tuned_model}
    if done is not None:
        audit.record(done[0], row, via=Via.COMMAND, after=done[1])
