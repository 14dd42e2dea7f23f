"""Examples of customers that staff have approved, as the router learns them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max

from assistant.routing.samples import KNOWLEDGE, Sample
from training.customers.rows import CustomerExample


def samples() -> Iterator[Sample]:
    """What begins no flow is something that the knowledge answers, or nothing: it is learned as the former,
    as what is written into a flow as sounding alike is."""
    rows = CustomerExample.objects.filter(state=CustomerExample.State.APPROVED).order_by("pk")
    for text, label, language in rows.values_list("text", "label", "language"):
        yield Sample(text, label or KNOWLEDGE, language)


def mark() -> str:
    """Changes whenever one is approved, changed or taken out."""
    rows = CustomerExample.objects.filter(state=CustomerExample.State.APPROVED)
    found = rows.aggregate(number=Count("pk"), last=Max("decided_at"))
    return f"{found['number']} {found['last']}"
