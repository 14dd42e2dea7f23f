"""The rows of what members of staff are told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from chatbot.mail_queue import QueuedMail


class NoticeMail(QueuedMail):
    """A mail that tells a member of staff of everything that was due for them at one moment."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        NEEDLESS = "needless"  # all of it was seen meanwhile

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(state="queued"), name="notice_mail_due")]


class Notification(models.Model):
    """One thing that a member of staff is told. Of the same (`kind` and `about`) there is one at a time that
    they have not seen: news of it make it new again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)  # e.g. "conversation:" and its id
    once = models.CharField(max_length=60, blank=True)  # what is told once for all, seen or not
    words = models.CharField(max_length=300)  # in their language
    link = models.CharField(max_length=300)  # a path of ours
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)  # null: by no mail
    mail = models.ForeignKey(NoticeMail, models.SET_NULL, null=True, related_name="notifications")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "about"], condition=Q(seen_at=None), name="notification_unseen_once"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_newest"),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(seen_at=None, mail=None, mail_due_at__isnull=False),
                name="notification_mail_due",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class NotificationChoices(models.Model):
    """How a member of staff wants to be told. What they have not chosen is as the kind has it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notification_choices"
    )
    kinds = models.JSONField(default=dict)  # {kind: {"browser": bool, "mail": one of kinds.MAILS}}
    here_at = models.DateTimeField(null=True)  # when a page of the staff's was last open
