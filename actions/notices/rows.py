"""Whom we have written to about what waits, and up to which call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """Of one member of staff. `due_at` is when the next mail may go; whoever writes one puts it off, so that
    two workers send one mail, and when a worker dies it is due again by itself."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    upto = models.BigIntegerField(default=0)  # the newest call that a mail has told of
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)  # a code of mailing.MailError

    def __str__(self) -> str:
        return f"{self.user_id}: {self.upto}"
