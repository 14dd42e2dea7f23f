"""What is done about calls in the background."""

from __future__ import annotations

from celery import shared_task

from actions import approvals, forgetting, mcp_listing
from actions.notices import sending


@shared_task
def tidy() -> None:
    approvals.expire()
    forgetting.forget()


@shared_task
def mail_what_waits() -> None:
    sending.mail_what_waits()


@shared_task
def list_mcp_tools() -> None:
    mcp_listing.refresh_all()
