"""The models that came of fine-tunings, for whoever brings one to customers: told to the releases."""

from __future__ import annotations

from dataclasses import dataclass

from training.fine_tuning.rows import FineTuning


@dataclass(frozen=True)
class Candidate:
    """`model` is its name at the host of `fine_tuning`."""

    model: str
    fine_tuning: FineTuning


def candidates() -> list[Candidate]:
    """The newest first."""
    learned = FineTuning.objects.filter(state=FineTuning.State.SUCCEEDED).exclude(tuned_model="")
    return [Candidate(row.tuned_model, row) for row in learned.order_by("-pk")]
