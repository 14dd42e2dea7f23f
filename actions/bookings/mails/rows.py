"""The rows of mails about bookings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chatbot.mail_queue import QueuedMail


class BookingMail(QueuedMail):
    """Says how a booking stands when it is written, so that a change makes the mails before it needless."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmation")
        MOVED = "moved", _("Change")
        CANCELLED = "cancelled", _("Cancellation")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        REPLACED = "replaced", _("Replaced by a newer one")

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="queued"), name="booking_mail_due")]
