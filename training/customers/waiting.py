"""What waits for staff to say which flow it begins."""

from __future__ import annotations

from django.db.models import Case, QuerySet, Value, When

from training.customers.rows import CustomerExample

Reason, State = CustomerExample.Reason, CustomerExample.State
# A customer's own choice is nearly a decision; a flow that was left tells that something is wrong.
ORDER = Case(
    When(reason=Reason.TAKEN, then=Value(0)), When(reason=Reason.LEFT, then=Value(1)), default=Value(2)
)


def waiting() -> QuerySet[CustomerExample]:
    """What is worth the most first; nothing of what has been forgotten since."""
    rows = CustomerExample.objects.filter(state=State.WAITING).exclude(message=None)
    return rows.order_by(ORDER, "-said_at", "-pk")


def waiting_number() -> int:
    return waiting().count()
