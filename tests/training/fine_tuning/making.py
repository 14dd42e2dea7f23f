"""Datasets that are ready, and fine-tunings that are gone on with as time passes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from training.fine_tuning import beginning, going_on
from training.fine_tuning.beginning import Wish
from training.models import Dataset, Example, FineTuning

LINES, HELD_OUT = 12, 3
HOUR = timedelta(hours=1)


def _said(number: int) -> list[dict[str, str]]:
    return [
        {"role": "system", "content": "You help the customers of a shop."},
        {"role": "user", "content": f"Where is parcel {number}?"},
    ]


def chat_dataset(name: str = "Answers", lines: int = LINES, held_out: int = HELD_OUT) -> Dataset:
    dataset = Dataset.objects.create(name=name, form="chat", state="ready")
    for number in range(lines + held_out):
        answer = {"role": "assistant", "content": f"Parcel {number} is on its way."}
        Example.objects.create(
            dataset=dataset, part="training" if number < lines else "validation", place=number,
            origin="review", language="en", messages=[*_said(number), answer], tokens=30,
        )  # fmt: skip
    return dataset


def pair_dataset(lines: int = LINES) -> Dataset:
    dataset = Dataset.objects.create(name="Pairs", form="preference", state="ready")
    for number in range(lines):
        Example.objects.create(
            dataset=dataset, place=number, origin="correction", language="en", messages=_said(number),
            preferred=[{"role": "assistant", "content": f"Parcel {number} is on its way."}],
            rejected=[{"role": "assistant", "content": "I do not know."}], tokens=40,
        )  # fmt: skip
    return dataset


def begun(dataset: Dataset, **wish: Any) -> FineTuning:
    given = {"model": "scripted", "suffix": "shop", **wish}
    return beginning.begin(beginning.plan(Wish(dataset, **given)))


def let_time_pass(row: FineTuning, by: timedelta = HOUR) -> None:
    """For everything that waits: the next look, the lease of a worker, a request without an answer."""
    names = ("next_poll_at", "leased_until", "training_asked_at", "validation_asked_at", "creation_asked_at")
    rows = FineTuning.objects.filter(pk=row.pk)
    rows.update(**{name: F(name) - by for name in names})


def sweep(row: FineTuning) -> FineTuning:
    """As beat rings."""
    going_on.sweep()
    row.refresh_from_db()
    return row


def until(row: FineTuning, state: str, most: int = 40) -> FineTuning:
    """Swept again and again, with an hour between."""
    for _time in range(most):
        if sweep(row).state == state:
            return row
        let_time_pass(row)
    raise AssertionError(f"never {state}: {row.state}, {row.status}, {row.error} {row.detail}")


def settled(row: FineTuning, most: int = 40) -> FineTuning:
    """Until there is nothing more to do."""
    for _time in range(most):
        if sweep(row).next_poll_at is None:
            return row
        let_time_pass(row)
    raise AssertionError(f"never at rest: {row.state}, {row.error}, {row.next_poll_at} {timezone.now()}")
