"""Fine-tunings as their pages show them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from llm import fine_tuning, lifetimes
from llm.choosing import ChatModel
from training.fine_tuning import estimating, losses, words
from training.fine_tuning.beginning import Plan
from training.fine_tuning.rows import FineTuning

MOST_EVENTS = 60  # on the page, the newest
STAGES = (FineTuning.State.PREPARING, FineTuning.State.WAITING, FineTuning.State.RUNNING)


def row(one: FineTuning) -> dict[str, Any]:
    """In the list, and at the head of its page."""
    cost = estimating.cost_of(one.trained_tokens or one.estimated_tokens, one.price)
    return {
        "tuning": one,
        "next": words.NEXT[one.state],
        "trouble": words.trouble(one),
        "tokens": words.counted(one.trained_tokens),
        "estimated": words.counted(one.estimated_tokens),
        "cost": words.amount(cost) if one.price is not None else "",
        "texts": words.counted(one.lines + one.validation_lines),
        "chosen": [(name, value) for name, value in sorted(one.hyperparameters.items())],
    }


def progress(one: FineTuning) -> dict[str, Any]:
    """Events and losses: two statements, however long it took."""
    metrics = one.events.filter(step__isnull=False).order_by("step", "pk")
    seen = list(metrics.values_list("step", "train_loss", "valid_loss", "steps"))
    last = seen[-1] if seen else None
    step, steps = ((last[0] or 0), (last[3] or 0)) if last else (0, 0)
    drawn = losses.drawn([(at or 0, train, valid) for at, train, valid, _steps in seen], steps)
    events = list(one.events.order_by("-pk")[:MOST_EVENTS])
    return {
        "events": events,
        "drawn": drawn,
        "table": [
            (words.counted(step), words.loss(train), words.loss(valid))
            for step, train, valid in (drawn.rows if drawn else [])
        ],
        "step": words.counted(step) if step else "",
        "steps": words.counted(steps) if steps else "",
        "part": min(1.0, step / steps) if steps else None,
        "checkpoints": [
            {"model": one.model, "step": words.counted(one.step), "train": words.loss(one.train_loss),
             "valid": words.loss(one.valid_loss)}
            for one in one.checkpoints.all()
        ],
    }  # fmt: skip


def candidate(one: FineTuning) -> dict[str, Any] | None:
    """What can be done with the model that came of it: it answers only where it was made."""
    if one.state != FineTuning.State.SUCCEEDED:
        return None
    return {"model": one.tuned_model, "here": answers_here(one.host), "lifetime": lifetime(one.tuned_model)}


def answers_here(host: str) -> bool:
    """Whether the models that answer customers run at this host."""
    if not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL):
        return False
    return fine_tuning.Host(settings.OPENAI_BASE_URL, "").name == host


def lifetime(model: str) -> str:
    """When it is shut down, as far as it is known without asking anybody."""
    at = fine_tuning.host()
    if at is None:
        return ""
    known = lifetimes.known_lifetime(ChatModel(model, at.base_url or None, ""))
    return lifetimes.warning(known, timezone.localdate())


def host() -> dict[str, Any]:
    """The one that jobs are sent to, and what is known of it beforehand."""
    at = fine_tuning.host()
    name = at.name if at else ""
    return {
        "name": name,
        "is_openai": name == words.OPENAI,
        "over": name == words.OPENAI and timezone.localdate() >= words.OPENAI_ENDS,
        "here": bool(name) and answers_here(name),
        "refused": bool(name) and _has_refused(name),
        "rings": bool(settings.FINE_TUNING_WEBHOOK_SECRET),
    }


def _has_refused(name: str) -> bool:
    """The last one that it was asked for, for a reason that trying again does not mend."""
    last = FineTuning.objects.filter(host=name).values_list("error", flat=True).first()
    return last in words.ELSEWHERE


def planned(plan: Plan) -> dict[str, Any]:
    """Before anything is sent: how much, to whom, for how much."""
    return {
        "host": plan.host,
        "dataset": plan.row.dataset_id,
        "texts": words.counted(plan.texts),
        "lines": words.counted(plan.row.lines),
        "validation_lines": words.counted(plan.row.validation_lines),
        "tokens": words.counted(plan.estimate.tokens),
        "epochs": plan.estimate.epochs,
        "by_us": plan.estimate.by_us,
        "trained": words.counted(plan.estimate.trained),
        "cost": words.amount(plan.estimate.cost) if plan.estimate.price is not None else "",
        "price": words.amount(plan.estimate.price),
        "method": plan.row.get_method_display(),
        "lifetime": lifetime(plan.row.base_model),
        "here": answers_here(plan.host),
    }
