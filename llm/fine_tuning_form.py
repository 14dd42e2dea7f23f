"""What a provider tells of fine-tuning, as typed values. Hosts leave fields out, and call states by names of
their own: what is not known is kept as it is, and nothing is refused for it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from typing import Any

VALIDATING, QUEUED, RUNNING = "validating_files", "queued", "running"
SUCCEEDED, FAILED, CANCELLED = "succeeded", "failed", "cancelled"
ENDED = frozenset({SUCCEEDED, FAILED, CANCELLED})
# The same, as other hosts and older releases write it.
OTHER_NAMES = {
    "completed": SUCCEEDED, "success": SUCCEEDED, "error": FAILED, "canceled": CANCELLED,
    "pending": QUEUED, "created": QUEUED, "in_progress": RUNNING, "training": RUNNING,
}  # fmt: skip
MOST_LETTERS = 1000  # of a message


@dataclass(frozen=True)
class RemoteFile:
    id: str
    name: str = ""
    bytes: int = 0


@dataclass(frozen=True)
class Job:
    """`status` is one of the above, or whatever the host says. `error_code` is the host's own."""

    id: str
    status: str
    model: str = ""
    tuned_model: str = ""
    training_file: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    error_code: str = ""
    error_message: str = ""
    error_param: str = ""
    trained_tokens: int | None = None
    finish: datetime | None = None  # as the host estimates it

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED


@dataclass(frozen=True)
class Event:
    id: str
    at: datetime | None
    level: str = "info"
    message: str = ""
    step: int | None = None
    steps: int | None = None  # in all
    train_loss: float | None = None
    valid_loss: float | None = None


@dataclass(frozen=True)
class Checkpoint:
    id: str
    model: str
    step: int
    at: datetime | None = None
    train_loss: float | None = None
    valid_loss: float | None = None
    accuracy: float | None = None


@dataclass(frozen=True)
class Offered:
    """A model of the host's list; `ends` is the day of its shutdown as the host writes it."""

    name: str
    ends: str = ""


def file_of(told: Any) -> RemoteFile:
    return RemoteFile(str(told["id"]), str(told.get("filename") or ""), _whole(told.get("bytes")) or 0)


def job_of(told: Any) -> Job:
    error = told.get("error")
    error = error if isinstance(error, Mapping) else {"message": error} if error else {}
    metadata = told.get("metadata")
    status = str(told.get("status") or "").lower()
    return Job(
        id=str(told["id"]),
        status=OTHER_NAMES.get(status, status)[:40],
        model=_text(told.get("model")),
        tuned_model=_text(told.get("fine_tuned_model") or told.get("output_name")),
        training_file=_text(told.get("training_file")),
        metadata={str(k): str(v) for k, v in metadata.items()} if isinstance(metadata, Mapping) else {},
        error_code=_text(error.get("code")),
        error_message=_text(error.get("message")),
        error_param=_text(error.get("param")),
        trained_tokens=_whole(told.get("trained_tokens")),
        finish=_moment(told.get("estimated_finish")),
    )


def event_of(told: Any) -> Event:
    """Losses stand in `data`, of metrics alone; some hosts have the steps in all there, too."""
    data = told.get("data")
    data = data if isinstance(data, Mapping) else {}
    return Event(
        id=str(told["id"])[:120],
        at=_moment(told.get("created_at")),
        level=_text(told.get("level") or "info")[:10],
        message=_text(told.get("message")),
        step=_whole(data.get("step")),
        steps=_whole(data.get("total_steps")),
        train_loss=_number(data.get("train_loss")),
        valid_loss=_number(_first(data.get("full_valid_loss"), data.get("valid_loss"))),
    )


def checkpoint_of(told: Any) -> Checkpoint:
    metrics = told.get("metrics")
    metrics = metrics if isinstance(metrics, Mapping) else {}
    return Checkpoint(
        id=str(told["id"])[:120],
        model=_text(told.get("fine_tuned_model_checkpoint")),
        step=_whole(_first(told.get("step_number"), metrics.get("step"))) or 0,
        at=_moment(told.get("created_at")),
        train_loss=_number(metrics.get("train_loss")),
        valid_loss=_number(_first(metrics.get("full_valid_loss"), metrics.get("valid_loss"))),
        accuracy=_number(
            _first(metrics.get("full_valid_mean_token_accuracy"), metrics.get("valid_mean_token_accuracy"))
        ),
    )


def offered_of(told: Any) -> Offered:
    return Offered(str(told["id"])[:200], _text(told.get("shutdown_date"))[:10])


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _text(value: Any) -> str:
    """As a column of the database takes it."""
    return "" if value is None else str(value).replace("\x00", "")[:MOST_LETTERS]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 <= number < 2**53 else None


def _moment(value: Any) -> datetime | None:
    """Seconds since 1970, as OpenAI has it, or a moment in ISO 8601."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        number = _number(value)
        return datetime.fromtimestamp(number, UTC) if number else None
    except (ValueError, OverflowError, OSError):
        return None
