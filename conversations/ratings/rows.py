"""The rows of what customers say of answers and of whole conversations."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfConversation(models.Model):
    """Says itself of which conversation it is: lists look for conversations that are rated so, by an index
    and without a look at the message."""

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, null=True, related_name="+", db_index=False,
        editable=False,
    )  # fmt: skip

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.conversation_id = self.message.conversation_id  # type: ignore[attr-defined]  # each has one
        super().save(*args, **kwargs)


class ConversationRating(OfConversation):
    """What a customer says of a conversation at its end. It belongs to the line that tells of the end, so
    that a conversation that was opened again can be rated again."""

    message = models.OneToOneField(
        "conversations.Message",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="conversation_rating",
    )
    score = models.PositiveSmallIntegerField()  # 1 very bad … 5 very good
    comment = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="conversation_score_one_to_five"
            )
        ]
        indexes = [
            models.Index(fields=["updated_at"], name="conversation_rating_latest"),
            models.Index(fields=["conversation", "score"], name="conversation_rating_of"),
            models.Index(fields=["score", "conversation"], name="conversation_rating_score"),
        ]

    def __str__(self) -> str:
        return f"{self.score}/5"


class Rating(OfConversation):
    """What a customer says of one answer."""

    class Reason(models.TextChoices):
        INCORRECT = "incorrect", _("It is wrong")
        INCOMPLETE = "incomplete", _("Something is missing")
        OUTDATED = "outdated", _("It is out of date")
        INAPPROPRIATE = "inappropriate", _("It is inappropriate")
        OTHER = "other", _("Something else")

    message = models.OneToOneField("conversations.Message", on_delete=models.CASCADE, related_name="rating")
    score = models.SmallIntegerField()  # 1 helpful, -1 not
    reason = models.CharField(max_length=15, choices=Reason, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    # Where the customer wants to be told once the answer was put right; emptied when that is done.
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(score__in=[1, -1]), name="score_up_or_down")]
        indexes = [
            models.Index(fields=["updated_at"], name="rating_latest"),
            models.Index(fields=["conversation", "score"], name="rating_of"),
            models.Index(fields=["score", "conversation"], name="rating_score"),
        ]
