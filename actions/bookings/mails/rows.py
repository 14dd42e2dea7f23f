"""The rows of mails about bookings."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BookingMail(models.Model):
    """Says how a booking stands when it is written, so that a change makes the mails before it needless. Its
    id becomes the Message-ID: a mail that is sent twice is seen to be the same."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmation")
        MOVED = "moved", _("Change")
        CANCELLED = "cancelled", _("Cancellation")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        REPLACED = "replaced", _("Replaced by a newer one")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)  # also the fence: see sending.py
    error = models.CharField(max_length=60, blank=True)  # a code of mailing.MailError
    due_at = models.DateTimeField(default=timezone.now)
    rung_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="queued"), name="booking_mail_due")]
