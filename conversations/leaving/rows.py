"""The rows of messages that customers leave while nobody is there, and of the mails that answer them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chatbot.mail_queue import QueuedMail


class LeftMessage(models.Model):
    """Where to answer a conversation beside the chat. The address is what somebody has typed, so it proves
    nothing and is used for nothing else."""

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="left_messages"
    )
    message = models.OneToOneField("conversations.Message", models.CASCADE, related_name="left")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.email


class ReplyMail(QueuedMail):
    """What staff answered since the mail before, from `first` on. It waits a little, so that several replies
    in a row make one mail, and whoever has come back and read them gets none."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        NEEDLESS = "needless"

    left = models.ForeignKey(LeftMessage, models.CASCADE, related_name="mails")
    first = models.BigIntegerField()  # the number (seq) of the first reply that it tells of
    upto = models.BigIntegerField(default=0)  # of the last one; known once somebody begins to send it
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(state="queued"), name="reply_mail_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["left"], condition=Q(state="queued", attempts=0), name="one_reply_mail_waits"
            )
        ]
