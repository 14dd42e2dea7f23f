"""The indexes of conversations: one for each list of staff, however long it is, and one for each kind of work
that is looked for in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q

ACTIVE = Q(status__in=["open", "waiting"])
# As the list is sorted by itself: who waits longest, then the newest.
ORDER = ("waiting_since", "-last_message_at")

OF_LISTS: list[models.Index] = [
    Index(fields=ORDER, name="conversation_list"),
    Index(fields=ORDER, condition=ACTIVE, name="conversation_list_active"),
    Index(fields=["status", *ORDER], name="conversation_list_status"),
    Index(fields=["reply_due_at", *ORDER], name="conversation_list_due"),
    Index(
        fields=["handoff_reason", *ORDER], condition=~Q(handoff_reason=""), name="conversation_list_reason"
    ),
    Index(fields=["assignee", *ORDER], condition=Q(assignee__isnull=False), name="conversation_list_mine"),
    Index(
        fields=["assignee", *ORDER],
        condition=Q(status__in=["open", "waiting"], owner="person"),
        name="conversation_answered",
    ),
    Index(fields=["team", *ORDER], condition=Q(team__isnull=False), name="conversation_list_team"),
    # The newest or the oldest first.
    Index(fields=["-last_message_at"], name="conversation_last"),
    Index(fields=["-last_message_at"], condition=ACTIVE, name="conversation_last_active"),
    Index(fields=["status", "-last_message_at"], name="conversation_status_last"),
    Index(fields=["customer", "-created_at"], name="conversation_customer"),
]
OF_WORK: list[models.Index] = [
    Index(fields=["last_message_at"], condition=Q(unsearched=True), name="conversation_unsearched"),
    Index(fields=["id"], condition=Q(uncounted=True), name="conversation_uncounted"),
    Index(fields=["snoozed_until"], condition=Q(status="snoozed"), name="conversation_snoozed"),
    Index(fields=["reply_due_at"], condition=Q(reply_due_at__isnull=False), name="conversation_reply_due"),
    Index(
        fields=["resolved_at"],
        condition=Q(status="resolved", suggested_at=None),
        name="conversation_unsuggested",
    ),
]
