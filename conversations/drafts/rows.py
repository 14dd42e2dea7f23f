"""The rows of replies that are suggested to staff."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReplyDraft(models.Model):
    """What the knowledge says to one message of a customer, and what whoever answered made of it.

    One is pending in a conversation at most. `sources` are the fields of assistant.events.Citation, so that
    what it saw can be read when the article has changed.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting")
        WRITING = "writing", _("Being written")
        READY = "ready", _("Ready")
        NOTHING = "nothing", _("Nothing was found")
        FAILED = "failed", _("Failed")

    class Outcome(models.TextChoices):
        """`edited`: it was sent with changes. `rejected`: dismissed, or something else was written."""

        PENDING = "pending", _("Pending")
        ACCEPTED = "accepted", _("Sent as it was")
        EDITED = "edited", _("Sent with changes")
        REJECTED = "rejected", _("Not used")
        OUTDATED = "outdated", _("Overtaken by a newer message")

    class Reason(models.TextChoices):
        """As for answers (`conversations.Rating`)."""

        INCORRECT = "incorrect", _("Incorrect")
        INAPPROPRIATE = "inappropriate", _("Inappropriate")
        INCOMPLETE = "incomplete", _("Incomplete")
        OUTDATED = "outdated", _("Outdated")
        OTHER = "other", _("Something else")

    OPEN = (State.ASKED, State.WRITING)

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="drafts"
    )
    question = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(  # null: the customer's message did
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    tries = models.PositiveSmallIntegerField(default=0)  # also the fence
    error = models.CharField(max_length=500, blank=True)  # of llm.errors.ModelError
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  # when it may be made, or made again
    # What came of it.
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    sources = models.JSONField(default=list)
    model = models.CharField(max_length=120, blank=True)
    quoted = models.BooleanField(default=False)  # words of the articles, without a model
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    made_at = models.DateTimeField(null=True)
    # What became of it.
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    reason = models.CharField(max_length=15, choices=Reason, blank=True)
    likeness = models.FloatField(null=True)  # of what was sent to it, 0 to 1
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(outcome="pending"), name="one_pending_draft"
            )
        ]
        indexes = [
            models.Index(fields=["made_at"], name="reply_draft_made"),
            models.Index(
                fields=["due_at"],
                condition=Q(outcome="pending", state__in=["asked", "writing"]),
                name="reply_draft_due",
            ),
        ]

    def __str__(self) -> str:
        return f"#{str(self.conversation_id)[:6]}"
