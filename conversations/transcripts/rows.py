"""The rows of transcripts that are sent by e-mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chatbot.mail_queue import QueuedMail


class TranscriptMail(QueuedMail):
    """A transcript that a customer has asked for by e-mail."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    client_id = models.UUIDField()  # made by the page: repeating the wish sends one mail
    # Emptied as soon as the mail is sent or given up: it is needed for nothing else, may be anybody's, and
    # what is not kept cannot leak. Who the customer is stands in Customer, if the customer has said so.
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)

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
