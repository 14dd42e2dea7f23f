"""Which weighing is in use: put there by itself or by staff, gone back to. The only writer of these
states."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.audit.words import Via
from accounts.models import User
from knowledge.models import EmbeddingSpace
from knowledge.spaces import live_space
from knowledge.weighing import USUAL, Weighing, weigh, weighing_of
from training.models import State
from training.promoting import PromotionError
from training.search import register
from training.search.deciding import Decision, Why, decide
from training.search.examining import Learned
from training.search.rows import SearchTraining
from training.search.telling import tell_staff


def weighing_learned(training: SearchTraining) -> Weighing:
    return Weighing(training.words_share, training.lift)


def settle(training: SearchTraining, found: Learned, present: Weighing) -> Decision:
    """What becomes of what was just learned. In the transaction that holds the policy."""
    by_itself = register.policy().by_itself
    decision = decide(found.weighing, present, found.pairs.said(), by_itself=by_itself)
    if decision.use:
        _use(training, _space_of(training), decision.why)
    else:
        _set(training, State.CANDIDATE if decision.waits else State.REFUSED, decision.why)
    _supersede(training)
    if decision.waits:
        tell_staff(training)
    audit.record(
        audit.Action.PUBLISHED if decision.use else audit.Action.ADDED, training, via=Via.COMMAND,
        after={"state": training.state, "why": training.why},
    )  # fmt: skip
    return decision


def refuse(training: SearchTraining, why: Why, facts: dict[str, Any]) -> None:
    """Nothing came of it."""
    _set(training, State.REFUSED, why, facts)


@transaction.atomic
def promote(pk: int, *, by: User) -> SearchTraining:
    """A candidate, by a person: it is better than what is in use still."""
    register.policy(locked=True)
    training = SearchTraining.objects.candidates().filter(pk=pk).first()
    if training is None:
        raise PromotionError("no_candidate")
    space, before = _space_of(training), _number_in_use()
    if weighing_of(space) != Weighing(**training.report["present"]):
        raise PromotionError("other_present")
    _use(training, space, Why.PERSON, {"by": str(by)})
    audit.record(audit.Action.PUBLISHED, training, by=by, before={"in_use": before}, after={"in_use": pk})
    return training


@transaction.atomic
def go_back(pk: int, *, by: User) -> SearchTraining:
    """To one that was in use before."""
    register.policy(locked=True)
    training = SearchTraining.objects.filter(pk=pk, state=State.RETIRED).first()
    if training is None:
        raise PromotionError("never_used")
    before = _number_in_use()
    _use(training, _space_of(training), Why.BACK, {"by": str(by)})
    audit.record(audit.Action.BROUGHT_BACK, training, by=by, before={"in_use": before}, after={"in_use": pk})
    return training


@transaction.atomic
def go_back_to_usual(*, by: User) -> bool:
    """To how the product comes; False where it is so already."""
    register.policy(locked=True)
    space, training = live_space(), SearchTraining.objects.in_use().light().first()
    if space is None or (training is None and weighing_of(space) == USUAL):
        return False
    weigh(space, USUAL)
    if training is not None:
        _set(training, State.RETIRED, Why.USUAL, {"by": str(by)})
        audit.record(
            audit.Action.BROUGHT_BACK, training, by=by, before={"in_use": training.pk}, after={"in_use": 0}
        )
    return True


@transaction.atomic
def set_aside(pk: int, *, by: User) -> bool:
    """A candidate that nobody wants; it stays in the register."""
    register.policy(locked=True)
    training = SearchTraining.objects.light().candidates().filter(pk=pk).first()
    if training is None:
        return False
    _set(training, State.REFUSED, Why.ASIDE, {"by": str(by)})
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


def _space_of(training: SearchTraining) -> EmbeddingSpace:
    """The vectors that are searched: those that it was learned with."""
    space = live_space()
    if space is None or space.identity != training.identity:
        raise PromotionError("other_model")
    return space


def _number_in_use() -> int:
    return SearchTraining.objects.in_use().values_list("pk", flat=True).first() or 0


def _use(
    training: SearchTraining, space: EmbeddingSpace, why: Why, facts: dict[str, Any] | None = None
) -> None:
    others = SearchTraining.objects.in_use().exclude(pk=training.pk)
    others.update(state=State.RETIRED, why=Why.NEWER, facts={"number": training.pk})
    _set(training, State.IN_USE, why, facts)
    weigh(space, weighing_learned(training))


def _supersede(training: SearchTraining) -> None:
    """What waited was compared with less."""
    older = SearchTraining.objects.candidates().filter(pk__lt=training.pk)
    older.update(state=State.REFUSED, why=Why.NEWER, facts={"number": training.pk})


def _set(training: SearchTraining, state: State, why: Why, facts: dict[str, Any] | None = None) -> None:
    training.state, training.why, training.facts = state, why, facts or {}
    training.ended_at = training.ended_at or timezone.now()
    training.claimed_until = None
    training.save(update_fields=["state", "why", "facts", "ended_at", "claimed_until"])
