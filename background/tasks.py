"""The canary's side of the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from celery import shared_task
from django.utils import timezone

from background import canary


@shared_task(name=canary.TASK, bind=True)
def sing(self: Any) -> None:
    sent_at = getattr(self.request, canary.HEADER, None)  # one that is called by hand has none
    canary.sing(datetime.fromisoformat(sent_at) if sent_at else timezone.now())
