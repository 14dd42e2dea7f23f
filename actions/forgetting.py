"""The log of calls does not grow for ever; what calls brought is kept while it may be asked for again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from actions.models import Call

RESULTS_KEPT = timedelta(days=1)
LOG_KEPT = timedelta(days=90)


def forget() -> None:
    now = timezone.now()
    settled = Call.objects.filter(state__in=Call.SETTLED)
    settled.filter(at__lt=now - RESULTS_KEPT).exclude(held="").exclude(
        decided_at__gt=now - RESULTS_KEPT
    ).update(held="")
    settled.filter(at__lt=now - LOG_KEPT).delete()


def forget_conversation(conversation: str) -> None:
    """Whatever was done for it: for whoever erases a person."""
    Call.objects.filter(conversation=str(conversation)).delete()
