"""Staff say which flow a customer's message begins: it is learned then, like an example of the flow."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from flows.models import Flow
from training.customers.rows import CustomerExample

State = CustomerExample.State


class UnknownFlow(ValueError):
    """No flow that customers can begin has this key."""


@transaction.atomic
def approve(pk: int, *, label: str, text: str, by: User) -> CustomerExample | None:
    """`label`: a flow's key, "" for none. None where it is gone. The words may be put right before."""
    if label and not Flow.objects.begun_by_customers().filter(key=label).exists():
        raise UnknownFlow(label)
    return _decide(pk, State.APPROVED, by=by, label=label, text=" ".join(text.split())[:300])


@transaction.atomic
def pass_over(pk: int, *, by: User) -> CustomerExample | None:
    """It teaches nothing. One that was approved is taken out again."""
    return _decide(pk, State.PASSED, by=by)


@transaction.atomic
def put_back(pk: int, *, by: User) -> CustomerExample | None:
    return _decide(pk, State.WAITING, by=by)


def _decide(pk: int, state: State, *, by: User, label: str = "", text: str = "") -> CustomerExample | None:
    example = CustomerExample.objects.select_for_update().filter(pk=pk).first()
    if example is None:
        return None
    before = {"state": example.state, "label": example.label}
    example.state, example.label = state, label
    example.text = text or example.text
    example.decided_by, example.decided_at = by, timezone.now()
    example.save()
    action = audit.Action.APPROVED if state == State.APPROVED else audit.Action.CHANGED
    audit.record(action, example, by=by, before=before, after={"state": state, "label": label})
    return example
