"""A fine-tuning that is asked for: what must be so before it is, and what it will cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from llm import fine_tuning
from training.examples.files import files_of
from training.examples.rows import Dataset, Form
from training.fine_tuning import estimating, writing
from training.fine_tuning.estimating import Estimate
from training.fine_tuning.rows import METHODS, FineTuning

LEAST_LINES = 10  # providers want as many


@dataclass(frozen=True)
class Wish:
    """`hyperparameters` are those that were chosen; the others are left to the provider."""

    dataset: Dataset
    model: str
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    suffix: str = ""
    seed: int | None = None
    previous: FineTuning | None = None


class CannotBegin(Exception):
    """In words of training/fine_tuning/words.py: by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Plan:
    """What would be sent, to whom, and what it will cost."""

    host: str
    row: FineTuning
    estimate: Estimate

    @property
    def texts(self) -> int:
        return self.row.lines + self.row.validation_lines


def plan(wish: Wish) -> Plan:
    """Nothing is sent by that. Raises CannotBegin."""
    at = fine_tuning.host()
    if at is None:
        raise CannotBegin("not_configured")
    if wish.dataset.state != Dataset.State.READY:
        raise CannotBegin("not_ready")
    files = files_of(wish.dataset)
    if files.lines < LEAST_LINES:
        raise CannotBegin("too_few")
    found = estimating.estimate(
        lines=files.lines, tokens=files.tokens, hyperparameters=wish.hyperparameters, model=wish.model,
        prices=settings.FINE_TUNING_PRICES,
    )  # fmt: skip
    row = FineTuning(
        dataset=wish.dataset, dataset_name=wish.dataset.name, signature=files.signature, host=at.name,
        base_model=wish.model, method=METHODS[Form(wish.dataset.form)], hyperparameters=wish.hyperparameters,
        suffix=wish.suffix, seed=wish.seed, extra=settings.FINE_TUNING_EXTRA, lines=files.lines,
        validation_lines=files.validation_lines, tokens=files.tokens, estimated_tokens=found.trained,
        price=found.price, previous=wish.previous,
    )  # fmt: skip
    return Plan(at.name, row, found)


@transaction.atomic
def begin(planned: Plan, *, by: User | None = None, by_command: bool = False) -> FineTuning:
    """What was planned, and nothing else: raises CannotBegin where the dataset has changed since. A worker
    sends it."""
    row = planned.row
    dataset = Dataset.objects.select_for_update().filter(pk=row.dataset_id or 0).first()
    if dataset is None or files_of(dataset).signature != row.signature:
        raise CannotBegin("changed")
    row.by, row.by_command = by, by_command
    return writing.begin(row)
