"""What a customer answered before the chat."""

from __future__ import annotations

from django.db import models


class Introduction(models.Model):
    """One time that somebody answered, or passed over, what was asked. Name and address go to the customer;
    the other answers stand here, as they were asked, and go when the conversation goes.

    `asked`: the keys of all that was asked. `answers`: [{"key", "value", "label": {language: words}, "shown":
    {language: words}}], the last one only of a choice.
    """

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="introductions"
    )
    client_id = models.UUIDField()  # made by the sender: repeating it keeps it once
    asked = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="introduction_client_id_once")
        ]

    def __str__(self) -> str:
        return ", ".join(str(one["value"]) for one in self.answers)
