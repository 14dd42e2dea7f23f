"""Fine-tunings for whoever asks on the command line: begun, as figures and in words."""

from __future__ import annotations

import time
from typing import Any

from django.utils.translation import gettext as _

from training.examples.rows import Dataset
from training.fine_tuning import beginning, going_on, words, writing
from training.fine_tuning.beginning import CannotBegin, Plan, Wish
from training.fine_tuning.rows import FineTuning

PAUSE = 1.0  # seconds between two looks whether something is due


class Refused(Exception):
    """Says what to do."""


def wish_of(dataset: str, model: str, *, epochs: int | None, suffix: str, seed: int | None) -> Wish:
    """`dataset` by its number or its name."""
    by_number = {"pk": int(dataset)} if dataset.isdecimal() and len(dataset) < 19 else {"name": dataset}
    found = Dataset.objects.filter(**by_number).order_by("-pk").first()
    if found is None:
        raise Refused(_("There is no dataset “%(name)s”.") % {"name": dataset})
    chosen = {"n_epochs": epochs} if epochs else {}
    return Wish(found, model, chosen, suffix, seed)


def planned(wish: Wish) -> Plan:
    try:
        return beginning.plan(wish)
    except CannotBegin as error:
        raise Refused(str(words.CANNOT[error.code])) from error


def plan_in_words(plan: Plan) -> str:
    cost = words.amount(plan.estimate.cost) if plan.estimate.price is not None else _("unknown")
    said = _("%(texts)s texts would be sent to %(host)s. Tokens learned: about %(tokens)s. Cost: %(cost)s.")
    return said % {
        "texts": words.counted(plan.texts), "host": plan.host, "cost": cost,
        "tokens": words.counted(plan.estimate.trained),
    }  # fmt: skip


def begun(plan: Plan) -> FineTuning:
    try:
        return beginning.begin(plan, by_command=True)
    except CannotBegin as error:
        raise Refused(str(words.CANNOT[error.code])) from error


def found(number: int | None) -> FineTuning:
    """The newest where none is named."""
    rows = FineTuning.objects.filter(pk=number) if number else FineTuning.objects.all()
    row = rows.first()
    if row is None:
        raise Refused(_("There is no such fine-tuning."))
    return row


def cancelled(row: FineTuning) -> None:
    if not writing.cancel(row.pk):
        raise Refused(_("It could not be cancelled: it has ended, or is being cancelled."))


def waited_for(row: FineTuning, seconds: float) -> FineTuning:
    """Gone on with here, too: no worker has to run."""
    until = time.monotonic() + seconds
    while row.is_open and time.monotonic() < until:
        going_on.go_on_with(row.pk)
        row.refresh_from_db()
        if row.is_open:
            time.sleep(min(PAUSE, max(0.0, until - time.monotonic())))
    return row


def figures(row: FineTuning) -> dict[str, Any]:
    last = row.events.exclude(step=None).order_by("-step").first()
    return {
        "number": row.pk, "state": str(row.state), "error": row.error, "detail": row.detail,
        "host": row.host, "job": row.job, "status": row.status, "base_model": row.base_model,
        "method": str(row.method), "dataset": row.dataset_name, "tuned_model": row.tuned_model,
        "estimated_tokens": row.estimated_tokens, "trained_tokens": row.trained_tokens,
        "step": last.step if last else None, "train_loss": last.train_loss if last else None,
        "files_deleted": row.files_deleted_at is not None,
    }  # fmt: skip


def in_words(row: FineTuning) -> str:
    lines = [f"#{row.pk} {row.get_state_display()}: {row.tuned_model or row.base_model}"]
    if trouble := words.trouble(row):
        lines += filter(None, [trouble.why, trouble.detail, trouble.cure])
    return "\n".join([*lines, str(words.NEXT[row.state])])
