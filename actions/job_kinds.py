"""Mails to staff about what waits for their approval, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models import Notice
from chatbot import jobs
from chatbot.jobs import Kind
from chatbot.mail_jobs import trouble


def _rows() -> QuerySet[Any]:
    """One row for each member of staff: how it went last."""
    told = Notice.objects.exclude(sent_at=None, error="")
    return told.annotate(state=Case(When(error="", then=Value("sent")), default=Value("failed")))


def _again(notice_id: str) -> bool:
    """Of all that waits, with the next sweep."""
    failed = Notice.objects.filter(pk=notice_id).exclude(error="")
    return bool(failed.update(due_at=timezone.now(), upto=0, error=""))


KINDS = [
    Kind(
        key="approval-mail",
        title=_("Mail about what waits for approval"),
        icon="mail",
        permission="actions.change_call",
        rows=_rows,
        states={"sent": jobs.DONE, "failed": jobs.FAILED},
        columns={
            "what": F("user__username"),
            "at": Coalesce("sent_at", "due_at"),
            "ended": "sent_at",
            "due": Case(When(state="failed", then="due_at")),
            "error": "error",
        },
        trouble=trouble,
        revived=_("Whether something waits is looked at every minute."),
        page=lambda _key: reverse("admin:actions_call_approvals"),
        retry=_again,
    )
]
