"""The rows of transcripts that are sent by e-mail."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone


class TranscriptMail(models.Model):
    """A transcript that a customer has asked for by e-mail. Its id becomes the Message-ID: a mail that is
    sent twice (the worker died between the server's yes and our note of it) is seen to be the same."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    client_id = models.UUIDField()  # made by the page: repeating the wish sends one mail
    # Emptied as soon as the mail is sent or given up: it is needed for nothing else, may be anybody's, and
    # what is not kept cannot leak. Who the customer is stands in Customer, if the customer has said so.
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)  # also the fence: see sending.py
    error = models.CharField(max_length=60, blank=True)  # a code of mailing.MailError
    due_at = models.DateTimeField(default=timezone.now)  # when somebody may (again) try to send it
    rung_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="transcript_mail_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="transcript_mail_once"),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(email=""), name="transcript_mail_forgets_where_to"
            ),
        ]
