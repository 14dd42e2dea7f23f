"""Which weighing is in use (training/trainings/in_use.py), and what becomes of one that was learned."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from knowledge.models import EmbeddingSpace
from knowledge.spaces import live_space
from knowledge.weighing import USUAL, Weighing, weigh, weighing_of
from training.search import register
from training.search.deciding import Decision, Why, decide
from training.search.examining import Learned
from training.search.rows import SearchTraining
from training.search.telling import WAITS, WORDS
from training.trainings.in_use import InUse, PromotionError
from training.trainings.rows import State


def weighing_learned(training: SearchTraining) -> Weighing:
    return Weighing(training.words_share, training.lift)


def settle(training: SearchTraining, found: Learned, present: Weighing) -> Decision:
    """What becomes of what was just learned. In the transaction that holds the policy."""
    by_itself = register.policy().by_itself
    decision = decide(found.weighing, present, found.pairs.said(), by_itself=by_itself)
    state = State.CANDIDATE if decision.waits else State.REFUSED
    IN_USE.decided(training, State.IN_USE if decision.use else state, decision.why, {}, waits=decision.waits)
    return decision


def refuse(training: SearchTraining, why: Why, facts: dict[str, Any]) -> None:
    """Nothing came of it."""
    IN_USE.set(training, State.REFUSED, why, facts)


@transaction.atomic
def promote(pk: int, *, by: User) -> SearchTraining:
    """A candidate, by a person: it is better than what is in use still."""
    register.policy(locked=True)
    training = SearchTraining.objects.candidates().filter(pk=pk).first()
    if training is None:
        raise PromotionError("no_candidate")
    if weighing_of(_space_of(training)) != Weighing(**training.report["present"]):
        raise PromotionError("other_present")
    return IN_USE.by_hand(training, audit.Action.PUBLISHED, Why.PERSON, by=by)


@transaction.atomic
def go_back(pk: int, *, by: User) -> SearchTraining:
    """To one that was in use before."""
    register.policy(locked=True)
    training = SearchTraining.objects.filter(pk=pk, state=State.RETIRED).first()
    if training is None:
        raise PromotionError("never_used")
    return IN_USE.by_hand(training, audit.Action.BROUGHT_BACK, Why.BACK, by=by)


@transaction.atomic
def go_back_to_usual(*, by: User) -> bool:
    """To how the product comes; False where it is so already."""
    register.policy(locked=True)
    space, training = live_space(), SearchTraining.objects.in_use().light().first()
    if space is None or (training is None and weighing_of(space) == USUAL):
        return False
    weigh(space, USUAL)
    if training is not None:
        IN_USE.set(training, State.RETIRED, Why.USUAL, {"by": str(by)})
        audit.record(
            audit.Action.BROUGHT_BACK, training, by=by, before={"in_use": training.pk}, after={"in_use": 0}
        )
    return True


def _space_of(training: SearchTraining) -> EmbeddingSpace:
    """The vectors that are searched: those that it was learned with."""
    space = live_space()
    if space is None or space.identity != training.identity:
        raise PromotionError("other_model")
    return space


def _begin(training: SearchTraining) -> None:
    weigh(_space_of(training), weighing_learned(training))


IN_USE = InUse(register.REGISTER, _begin, superseded=State.REFUSED, aside=Why.ASIDE, waits=WAITS, words=WORDS)
set_aside, choose = IN_USE.set_aside, IN_USE.choose
