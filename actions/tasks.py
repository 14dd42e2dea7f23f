"""What is done about calls in the background."""

from __future__ import annotations

from celery import shared_task

from actions import approvals, forgetting


@shared_task
def tidy() -> None:
    approvals.expire()
    forgetting.forget()
