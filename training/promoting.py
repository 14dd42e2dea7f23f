"""What is in use: put there by itself or by staff, gone back to, pinned. The only writer of these states."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.audit.words import Via
from accounts.models import User
from assistant.models import Router
from assistant.routing import learning, packing
from assistant.routing.fitting import Fitted
from assistant.routing.measuring import Figures
from assistant.routing.samples import NO_FLOWS
from llm.embedding import embedding_identity
from training import register
from training.apart import Pairs
from training.deciding import Decision, Present, Why, decide
from training.models import State, Training
from training.telling import tell_staff


class PromotionError(Exception):
    """In words of training/words.py: by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fitted_of(training: Training, *, shadow: bool = False) -> Fitted | None:
    """What was learned; `shadow`: without the held-out part. None where it is not kept, or otherwise."""
    numbers = bytes(training.shadow if shadow else training.numbers)
    if not numbers or not training.figures:
        return None
    return packing.unpacked(numbers, training.bar, Figures.from_json(training.figures))


def flows_of(training: Training) -> frozenset[str]:
    return frozenset(training.learned_from) - NO_FLOWS


@transaction.atomic
def settle(training: Training, pairs: Pairs) -> Decision:
    """What becomes of a router that was just learned. Staff are told where it waits because it is worse."""
    policy = register.policy(locked=True)
    present = Training.objects.in_use().light().first()
    decision = decide(
        flows_of(training), _present(present), pairs, pinned=policy.pinned_id is not None,
        by_itself=policy.by_itself,
    )  # fmt: skip
    if decision.use:
        _use(training, decision.why, decision.facts)
        if policy.pinned_id is not None:  # what was pinned cannot be used any more
            _unpin(policy)
    else:
        _supersede(training)
        _set(training, State.CANDIDATE, decision.why, decision.facts)
        if decision.why == Why.WORSE:
            tell_staff(training)
    audit.record(
        audit.Action.PUBLISHED if decision.use else audit.Action.ADDED, training, via=Via.COMMAND,
        after={"state": training.state, "why": training.why},
    )  # fmt: skip
    return decision


def refuse(training: Training, why: Why) -> None:
    """Nothing came of it that could be used."""
    _set(training, State.REFUSED, why, {})


@transaction.atomic
def promote(pk: int, *, by: User) -> Training:
    """A candidate, by a person."""
    policy, training = register.policy(locked=True), _kept(pk)
    before = _number_in_use()
    if policy.pinned_id is not None:
        raise PromotionError("pinned")
    _use(training, Why.PERSON, {"by": str(by)})
    audit.record(audit.Action.PUBLISHED, training, by=by, before={"in_use": before}, after={"in_use": pk})
    return training


@transaction.atomic
def go_back(pk: int, *, by: User) -> Training:
    """To an older one, which stays until it is unpinned: what changes in flows meanwhile waits."""
    policy, training = register.policy(locked=True), _kept(pk)
    before = _number_in_use()
    if training.state != State.IN_USE:
        _use(training, Why.BACK, {"by": str(by)})
    policy.pinned, policy.pinned_at, policy.pinned_by = training, timezone.now(), by
    policy.save()
    audit.record(audit.Action.BROUGHT_BACK, training, by=by, before={"in_use": before}, after={"in_use": pk})
    return training


@transaction.atomic
def unpin(*, by: User) -> Training | None:
    """What waited is decided about anew: the training that is in use now, None where nothing had waited."""
    policy = register.policy(locked=True)
    if policy.pinned_id is None:
        return None
    pinned = policy.pinned
    _unpin(policy)
    audit.record(audit.Action.CHANGED, pinned, by=by, before={"pinned": True}, after={"pinned": False})
    waits = Training.objects.candidates().filter(why=Why.PINNED).first()
    if waits is None:
        return None
    settle(waits, pairs_with_present(waits))
    return waits


@transaction.atomic
def set_aside(pk: int, *, by: User) -> bool:
    """A candidate that nobody wants; it stays in the register."""
    register.policy(locked=True)
    training = Training.objects.light().candidates().filter(pk=pk).first()
    if training is None:
        return False
    _set(training, State.REFUSED, Why.PERSON, {"by": str(by)})
    audit.record(audit.Action.DECLINED, training, by=by, before={"state": State.CANDIDATE})
    return True


@transaction.atomic
def choose(*, by_itself: bool, by: User) -> None:
    policy = register.policy(locked=True)
    before, policy.by_itself = policy.by_itself, by_itself
    policy.save(update_fields=["by_itself"])
    audit.record(
        audit.Action.CHANGED, policy, by=by, before={"by_itself": before}, after={"by_itself": by_itself}
    )


def pairs_with_present(training: Training) -> Pairs:
    """As they were compared when it was learned, if that is still what is in use; else nothing is known."""
    found = training.report.get("compared", {})
    same = found.get("number") == _number_in_use()
    return Pairs(**found["pairs"]) if same and "pairs" in found else Pairs()


def _present(training: Training | None) -> Present | None:
    if training is None:
        return None
    usable = training.identity == embedding_identity()
    return Present(training.pk, flows_of(training), usable)


def _number_in_use() -> int:
    return Training.objects.in_use().values_list("pk", flat=True).first() or 0


def _kept(pk: int) -> Training:
    training = Training.objects.filter(pk=pk).first()
    if training is None or fitted_of(training) is None:
        raise PromotionError("not_kept")
    if training.identity != embedding_identity():
        raise PromotionError("other_model")
    return training


def _use(training: Training, why: Why, facts: dict[str, Any]) -> None:
    """The one before is retired, and so is a candidate that is older."""
    others = Training.objects.exclude(pk=training.pk)
    others.in_use().update(state=State.RETIRED, why=Why.NEWER, facts={"number": training.pk})
    _supersede(training)
    _set(training, State.IN_USE, why, facts)
    learning.use(
        Router(
            identity=training.identity, signature=training.signature, training=training.pk,
            numbers=training.numbers, bar=training.bar, figures=training.figures,
            trained_at=training.ended_at or timezone.now(),
        )
    )  # fmt: skip


def _supersede(training: Training) -> None:
    older = Training.objects.candidates().exclude(pk=training.pk).filter(pk__lt=training.pk)
    older.update(state=State.RETIRED, why=Why.NEWER, facts={"number": training.pk})


def _set(training: Training, state: State, why: Why, facts: dict[str, Any]) -> None:
    training.state, training.why, training.facts = state, why, facts
    training.ended_at = training.ended_at or timezone.now()
    training.claimed_until = None
    training.save(update_fields=["state", "why", "facts", "ended_at", "claimed_until"])


def _unpin(policy: Any) -> None:
    policy.pinned = policy.pinned_at = policy.pinned_by = None
    policy.save()


@transaction.atomic
def leave_without_flows(signature: str) -> None:
    """The last flow is gone: nothing is in use, whatever was pinned."""
    policy = register.policy(locked=True)
    if policy.pinned_id is not None:
        _unpin(policy)
    Training.objects.in_use().update(state=State.RETIRED, why=Why.NO_FLOWS, facts={})
    learning.use(Router(identity=embedding_identity(), signature=signature, numbers=b"", bar=1.0, figures={}))
