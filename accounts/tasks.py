"""Background work of accounts."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.audit.keeping import forget_before


@shared_task
def forget_old_entries() -> None:
    """Of the trail; where nothing is said, it stays for ever."""
    if settings.AUDIT_KEEP_DAYS:
        forget_before(timezone.now() - timedelta(days=settings.AUDIT_KEEP_DAYS))
