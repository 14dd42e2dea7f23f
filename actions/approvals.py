"""Calls that wait for staff: approved and carried out, or declined with a reason.

The conversation that waits is told by whoever is above: `to_be_told` names the decided calls, `told` ticks
one off. Asking `do` again with the same key brings what came of it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions import calls, kinds
from actions.declared import Declared, Done, Order
from actions.errors import ActionError
from actions.models import Call
from actions.starting import Begun, carry_out

WAITS = timedelta(days=7)


def waiting() -> QuerySet[Call]:
    """The oldest first."""
    return Call.objects.filter(state=Call.State.WAITING).select_related("tool").order_by("at", "pk")


def decided_lately() -> QuerySet[Call]:
    """The newest first."""
    decided = Call.objects.filter(decided_at__isnull=False).select_related("decided_by", "tool")
    return decided.order_by("-decided_at", "-pk")


def approve(call: Call, *, by: User) -> Done | None:
    """Have it done now. None when somebody else has decided; raises ActionError when it cannot be begun."""
    declared = _still_there(call)
    values = calls.given_of(call)
    if values is None:
        raise ActionError("forgotten")
    begun = calls.approved(call, declared, by=by)
    if begun is None:
        return None
    audit.record(audit.Action.APPROVED, begun, by=by)
    order = Order(values, call.key or "", timezone.localtime(), None, call.conversation)
    return carry_out(Begun(begun, declared, order))


def decline(call: Call, *, by: User, reason: str) -> bool:
    """False when somebody else has decided."""
    done = calls.decline(call, by=by, reason=reason)
    if done:
        audit.record(audit.Action.DECLINED, call, by=by, after={"reason": reason})
    return done


def expire() -> int:
    """Nobody decided for a week: whoever waits is told so."""
    old = waiting().filter(at__lt=timezone.now() - WAITS)
    return sum(calls.decline(call, by=None, reason="", error="expired") for call in old)


def give_up_interrupted() -> int:
    """Approved, and whoever had it done was killed meanwhile: whether it was done is not known."""
    lost = Call.objects.filter(state=Call.State.RUNNING, decided_at__isnull=False, due_at__lt=timezone.now())
    return sum(calls.give_up(call) for call in lost)


def to_be_told() -> QuerySet[Call]:
    """Decided, over, and the conversation does not know it yet."""
    decided = Call.objects.filter(decided_at__isnull=False, told_at=None, state__in=Call.SETTLED)
    return decided.exclude(conversation="").order_by("decided_at")


def told(call: Call) -> bool:
    """Within the transaction that tells it: False when another one has, or is about to."""
    return bool(Call.objects.filter(pk=call.pk, told_at=None).update(told_at=timezone.now()))


def _still_there(call: Call) -> Declared:
    declared = kinds.find(call.action)
    if declared is None:
        raise ActionError("unknown_action", call.action)
    if not declared.enabled:
        raise ActionError("switched_off")
    return declared
