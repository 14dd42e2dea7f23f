"""Which router is in use (training/trainings/in_use.py): what becomes of one that was learned, and pins."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import audit
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
from training.models import Policy, Training
from training.telling import WAITS, WORDS
from training.trainings.in_use import InUse
from training.trainings.in_use import PromotionError as PromotionError
from training.trainings.rows import State


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
    state = State.IN_USE if decision.use else State.CANDIDATE
    waits = decision.why == Why.WORSE
    IN_USE.decided(training, state, decision.why, decision.facts, waits=waits)
    if decision.use and policy.pinned_id is not None:  # what was pinned cannot be used any more
        _unpin(policy)
    return decision


def refuse(training: Training, why: Why) -> None:
    """Nothing came of it that could be used."""
    IN_USE.set(training, State.REFUSED, why, {})


@transaction.atomic
def promote(pk: int, *, by: User, release: str = "") -> Training:
    """A candidate, by a person. `release`: the number of what is pinned, which is let go of for it."""
    policy, training = register.policy(locked=True), _kept(pk)
    if policy.pinned_id is not None:
        if str(policy.pinned_id) != release:
            raise PromotionError("pinned")
        _let_go_of_pinned(policy, by=by)
    return IN_USE.by_hand(training, audit.Action.PUBLISHED, Why.PERSON, by=by)


@transaction.atomic
def go_back(pk: int, *, by: User) -> Training:
    """To an older one, which stays until it is unpinned: what changes in flows meanwhile waits."""
    policy, training = register.policy(locked=True), _kept(pk)
    policy.pinned, policy.pinned_at, policy.pinned_by = training, timezone.now(), by
    policy.save()
    return IN_USE.by_hand(training, audit.Action.BROUGHT_BACK, Why.BACK, by=by)


@transaction.atomic
def unpin(*, by: User) -> Training | None:
    """What waited is decided about anew: the training that is in use now, None where nothing had waited."""
    policy = register.policy(locked=True)
    if policy.pinned_id is None:
        return None
    _let_go_of_pinned(policy, by=by)
    waits = Training.objects.candidates().filter(why=Why.PINNED).first()
    if waits is None:
        return None
    settle(waits, pairs_with_present(waits))
    return waits


def pairs_with_present(training: Training) -> Pairs:
    """As they were compared when it was learned, if that is still what is in use; else nothing is known."""
    found = training.report.get("compared", {})
    same = found.get("number") == IN_USE.number()
    return Pairs(**found["pairs"]) if same and "pairs" in found else Pairs()


def _present(training: Training | None) -> Present | None:
    if training is None:
        return None
    usable = training.identity == embedding_identity()
    return Present(training.pk, flows_of(training), usable)


def _kept(pk: int) -> Training:
    training = Training.objects.filter(pk=pk).first()
    if training is None or fitted_of(training) is None:
        raise PromotionError("not_kept")
    if training.identity != embedding_identity():
        raise PromotionError("other_model")
    return training


def _begin(training: Training) -> None:
    learning.use(
        Router(
            identity=training.identity, signature=training.signature, training=training.pk,
            numbers=training.numbers, bar=training.bar, figures=training.figures,
            trained_at=training.ended_at or timezone.now(),
        )
    )  # fmt: skip


def _let_go_of_pinned(policy: Policy, *, by: User) -> None:
    pinned = policy.pinned
    _unpin(policy)
    audit.record(audit.Action.CHANGED, pinned, by=by, before={"pinned": True}, after={"pinned": False})


def _unpin(policy: Policy) -> None:
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


IN_USE = InUse(
    register.REGISTER, _begin, superseded=State.RETIRED, aside=Why.PERSON, waits=WAITS, words=WORDS
)
set_aside, choose = IN_USE.set_aside, IN_USE.choose
