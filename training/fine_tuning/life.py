"""The life of a fine-tuning: what is to be done next, and what comes of what the provider told. Pure.

A kill in the middle must neither begin a second job, which is paid for, nor lose the one that was begun. So
that a request is under way is written down before it is sent; where its answer is missing, what it was to
bring is looked for at the provider, and asked for again only when it cannot be on its way any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from llm.errors import ModelError

PREPARING, UPLOADING, WAITING, RUNNING = "preparing", "uploading", "waiting", "running"
CANCELLING, SUCCEEDED, REFUSED, FAILED = "cancelling", "succeeded", "refused", "failed"
CANCELLED, VANISHED = "cancelled", "vanished"
ENDED = frozenset({SUCCEEDED, REFUSED, FAILED, CANCELLED, VANISHED})

BEFORE = ("validating_files", "queued")  # at the provider, it learns
SURE_AFTER = timedelta(seconds=150)  # a request that is older has been answered, or has got lost
SOON, SELDOM = 5.0, 120.0  # seconds between two looks: while there is news, and when there is none
SLOWER = 1.4
AGAIN, MUCH_LATER = 10.0, 900.0  # after a failure, and after many
MOST_FAILURES = 12  # before anything was begun: about an hour and a half
MISSES = 3  # looks in which the provider does not know the job, before that is believed
MOST_TIDYING = 8
WITHOUT_MODEL = 10  # looks at a job that succeeded and names no model


class Step(StrEnum):
    NOTHING = "nothing"
    STOP = "stop"  # it was cancelled before the provider knew of it
    FIND_TRAINING = "find_training"
    UPLOAD_TRAINING = "upload_training"
    FIND_VALIDATION = "find_validation"
    UPLOAD_VALIDATION = "upload_validation"
    FIND_JOB = "find_job"
    CREATE = "create"
    LOOK = "look"
    CANCEL = "cancel"
    TIDY = "tidy"  # delete the files at the provider


# What is written down before a step: that it was asked for.
ASKED = {
    Step.UPLOAD_TRAINING: "training_asked_at",
    Step.UPLOAD_VALIDATION: "validation_asked_at",
    Step.CREATE: "creation_asked_at",
}
FINDING = {Step.FIND_TRAINING: "training", Step.FIND_VALIDATION: "validation"}
SENDING = {Step.UPLOAD_TRAINING: "training", Step.UPLOAD_VALIDATION: "validation"}


@dataclass(frozen=True)
class Facts:
    """Of the row, what decides."""

    state: str = PREPARING
    validates: bool = False
    training_asked_at: datetime | None = None
    training_file: str = ""
    validation_asked_at: datetime | None = None
    validation_file: str = ""
    creation_asked_at: datetime | None = None
    job: str = ""
    cancel_wanted: bool = False
    files_deleted: bool = False
    status: str = ""
    error: str = ""
    failures: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Told:
    """What the provider said: which of these depends on the step. `job`: as its form has it; `reason` and
    `line`: why it failed; `news`: whether there were events that are not known yet."""

    found: str = ""  # the id of a file, or of a job
    job: Any = None
    reason: str = ""
    line: int | None = None
    news: bool = False


@dataclass(frozen=True)
class Change:
    """`values` of the row; `delay` in seconds until the next step; None: there is none."""

    values: Mapping[str, Any] = field(default_factory=dict)
    delay: float | None = 0.0

    @property
    def ends(self) -> bool:
        return self.values.get("state") in ENDED


def next_step(facts: Facts) -> Step:
    if facts.state in ENDED:
        return Step.NOTHING if facts.files_deleted else Step.TIDY
    if facts.job:
        return Step.CANCEL if facts.cancel_wanted and facts.state != CANCELLING else Step.LOOK
    if facts.creation_asked_at:
        return Step.FIND_JOB
    if facts.cancel_wanted:
        return Step.STOP
    if not facts.training_file:
        return Step.FIND_TRAINING if facts.training_asked_at else Step.UPLOAD_TRAINING
    if facts.validates and not facts.validation_file:
        return Step.FIND_VALIDATION if facts.validation_asked_at else Step.UPLOAD_VALIDATION
    return Step.CREATE


def outcome(facts: Facts, step: Step, told: Told | ModelError, now: datetime) -> Change:
    """What becomes of it. An error is one of llm.fine_tuning_errors."""
    if isinstance(told, ModelError):
        return _gone_wrong(facts, step, told)
    if step == Step.STOP:
        return Change({"state": CANCELLED, "error": ""})
    if step == Step.TIDY:
        return Change({"files_deleted_at": now, "failures": 0}, None)
    if step in SENDING:
        return Change({f"{SENDING[step]}_file": told.found, "state": UPLOADING, **FINE})
    if step in FINDING:
        return Change(_found(FINDING[step], told.found))
    if step == Step.FIND_JOB and told.job is None:
        return _not_found(facts, now)
    return _of_job(facts, told)


FINE: dict[str, Any] = {"failures": 0, "error": "", "detail": ""}


def _found(part: str, file: str) -> dict[str, Any]:
    """Failures go on being counted where nothing is found: it is to be tried again, and not for ever."""
    return {f"{part}_file": file, **FINE} if file else {f"{part}_asked_at": None}


def _not_found(facts: Facts, now: datetime) -> Change:
    """Only a request that can no longer be on its way is sent again."""
    assert facts.creation_asked_at is not None
    left = (facts.creation_asked_at + SURE_AFTER - now).total_seconds()
    if left > 0:
        return Change({}, left)
    given_up = {"state": REFUSED} if facts.failures >= MOST_FAILURES else {}
    return Change({"creation_asked_at": None, **given_up})


def _of_job(facts: Facts, told: Told) -> Change:
    job = told.job
    changed = told.news or job.status != facts.status or job.id != facts.job
    unchanged = 0 if changed else facts.unchanged + 1
    values = {
        "job": job.id, "status": job.status, "finish": job.finish, "unchanged": unchanged,
        "trained_tokens": job.trained_tokens, **FINE,
    }  # fmt: skip
    if job.status == "failed":
        values |= {"error": told.reason, "detail": job.error_message, "line": told.line}
        return Change(values | {"state": FAILED})
    if job.status == "cancelled":
        by_us = facts.cancel_wanted
        return Change(values | {"state": CANCELLED, "error": "" if by_us else "cancelled_there"})
    if job.status == "succeeded" and job.tuned_model:
        return Change(values | {"state": SUCCEEDED, "tuned_model": job.tuned_model})
    if job.status == "succeeded" and unchanged >= WITHOUT_MODEL:
        return Change(values | {"state": FAILED, "error": "no_model"})
    return Change(values | {"state": _going_on(facts, job)}, after(unchanged))


def _going_on(facts: Facts, job: Any) -> str:
    """A state that we do not know is taken for the one before it."""
    if facts.cancel_wanted and facts.job:
        return CANCELLING
    if job.status in ("running", "succeeded"):
        return RUNNING
    return facts.state if facts.state == RUNNING and job.status not in BEFORE else WAITING


def _gone_wrong(facts: Facts, step: Step, error: ModelError) -> Change:
    same = not facts.job or facts.error == error.code
    failures = facts.failures + 1 if same or facts.state in ENDED else 1
    said = {"error": error.code, "detail": error.detail, "failures": failures}
    later = Change(said, max(again(failures - 1), error.retry_after or 0.0))
    if step == Step.TIDY:
        return Change({"failures": failures}, None if failures >= MOST_TIDYING else later.delay)
    if step in (Step.LOOK, Step.CANCEL):
        return _without_answer(step, error, later)
    if step in FINDING and error.code in ("not_offered", "vanished"):
        return Change(_found(FINDING[step], ""))  # a host without a list of files
    if step == Step.FIND_JOB:
        return _not_looked_for(error, later)
    return _not_begun(step, error, later)


def _without_answer(step: Step, error: ModelError, later: Change) -> Change:
    """The job goes on at the provider, whatever keeps us from seeing it."""
    if error.code == "vanished" and later.values["failures"] >= MISSES:
        return Change({**later.values, "state": VANISHED})
    if step == Step.CANCEL and error.code in ("bad_request", "invalid_file", "not_offered"):
        # It has ended meanwhile, or this host cancels none: what it says of the job counts.
        return Change({**FINE, "state": CANCELLING}, SOON)
    return Change(later.values, MUCH_LATER if error.permanent and error.code != "vanished" else later.delay)


def _not_looked_for(error: ModelError, later: Change) -> Change:
    """Whether there is a job is not known. Without a list at the provider it never will be."""
    if error.code in ("not_offered", "vanished"):
        return Change({**later.values, "state": FAILED, "error": "uncertain"})
    return Change(later.values, MUCH_LATER if error.permanent else later.delay)


def _not_begun(step: Step, error: ModelError, later: Change) -> Change:
    """Refused: nothing was begun, nothing is charged. A creation that was not answered may have happened."""
    line = getattr(error, "line", None)
    if error.permanent:
        return Change({**later.values, "state": REFUSED, "line": line, "creation_asked_at": None})
    if step == Step.CREATE and error.code != "rate_limited":
        return later
    cleared = {"creation_asked_at": None} if step == Step.CREATE else {}
    if later.values["failures"] >= MOST_FAILURES:
        return Change({**later.values, **cleared, "state": REFUSED})
    return Change({**later.values, **cleared}, later.delay)


def after(unchanged: int) -> float:
    """Seconds until the next look."""
    return min(SELDOM, SOON * SLOWER ** min(unchanged, 30))


def again(failures: int) -> float:
    return min(MUCH_LATER, AGAIN * 2.0 ** min(failures, 10))
