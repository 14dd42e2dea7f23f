"""Which training of a kind is in use: put there by itself or by staff, gone back to. The only writer of these
states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from accounts import audit
from accounts.audit.words import Via
from accounts.models import Role, User
from accounts.permissions import holding
from conversations.notifying.kinds import Kind
from conversations.notifying.telling import tell_all
from training.trainings.register import Register
from training.trainings.rows import Learning, State

Row = TypeVar("Row", bound=Learning)
NEWER = "newer"  # why one is retired in whose place another came, of every kind


class PromotionError(Exception):
    """In words of the kind: by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class InUse(Generic[Row]):
    """`begin` brings what was learned to whoever answers, and raises PromotionError where it cannot;
    `superseded` is what becomes of a candidate that is older; `aside` why one is refused that nobody wants;
    `waits` and `words`, which name the training, tell editors that one does."""

    register: Register[Row, Any]
    begin: Callable[[Row], None]
    superseded: State
    aside: str
    waits: Kind
    words: Promise

    def number(self) -> int:
        """0 where nothing is."""
        return self.register.rows.in_use().values_list("pk", flat=True).first() or 0

    def decided(self, training: Row, state: State, why: str, facts: dict[str, Any], *, waits: bool) -> None:
        """What becomes of what was just learned. `waits`: for a person, who is told."""
        if state == State.IN_USE:
            self.put(training, why, facts)
        else:
            self.supersede(training)
            self.set(training, state, why, facts)
        if waits:
            self._tell(training)
        action = audit.Action.PUBLISHED if state == State.IN_USE else audit.Action.ADDED
        audit.record(action, training, via=Via.COMMAND, after={"state": state, "why": why})

    def _tell(self, training: Row) -> None:
        """In the transaction that makes it a candidate."""
        about = training.about(training.pk)
        tell_all(
            list(User.objects.filter(holding(Role.EDITOR)).order_by("pk")), kind=self.waits.key, about=about,
            once=about, link=training.get_absolute_url(),
            words=lambda: str(self.words) % {"training": training},
        )  # fmt: skip

    def by_hand(self, training: Row, action: audit.Action, why: str, *, by: User) -> Row:
        """In the transaction that holds the policy. What is in use already is only told of."""
        before = self.number()
        if training.pk != before:
            self.put(training, why, {"by": str(by)})
        audit.record(action, training, by=by, before={"in_use": before}, after={"in_use": training.pk})
        return training

    def put(self, training: Row, why: str, facts: dict[str, Any]) -> None:
        """The one before is retired, and so is a candidate that is older."""
        others = self.register.rows.in_use().exclude(pk=training.pk)
        others.update(state=State.RETIRED, why=NEWER, facts={"number": training.pk})
        self.supersede(training)
        self.set(training, State.IN_USE, why, facts)
        self.begin(training)

    def supersede(self, training: Row) -> None:
        """What waited was compared with less."""
        older = self.register.rows.candidates().filter(pk__lt=training.pk)
        older.update(state=self.superseded, why=NEWER, facts={"number": training.pk})

    def set(self, training: Row, state: State, why: str, facts: dict[str, Any]) -> None:
        training.state, training.why, training.facts = state, why, facts
        training.ended_at = training.ended_at or timezone.now()
        training.claimed_until = None
        training.save(update_fields=["state", "why", "facts", "ended_at", "claimed_until"])

    @transaction.atomic
    def set_aside(self, pk: int, *, by: User) -> bool:
        """A candidate that nobody wants; it stays in the register."""
        self.register.policy(locked=True)
        training = self.register.rows.light().candidates().filter(pk=pk).first()
        if training is None:
            return False
        self.set(training, State.REFUSED, self.aside, {"by": str(by)})
        audit.record(audit.Action.DECLINED, training, by=by, before={"state": State.CANDIDATE})
        return True

    @transaction.atomic
    def choose(self, *, by_itself: bool, by: User) -> None:
        policy = self.register.policy(locked=True)
        before, policy.by_itself = policy.by_itself, by_itself
        policy.save(update_fields=["by_itself"])
        audit.record(
            audit.Action.CHANGED, policy, by=by, before={"by_itself": before}, after={"by_itself": by_itself}
        )
