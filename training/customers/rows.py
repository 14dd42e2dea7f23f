"""What staff said which flow a customer's message begins."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CustomerExample(models.Model):
    """A message of a customer without what would tell who it is, and the flow that it begins: learned as
    soon as it is approved. The message may be forgotten; approved words stay."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        APPROVED = "approved", _("learned from")
        PASSED = "passed", _("passed over")

    class Reason(models.TextChoices):
        TAKEN = "taken", _("The customer chose a flow that was offered")
        LEFT = "left", _("It began a flow, and the customer left it at once")
        UNSURE = "unsure", _("The router was unsure")

    message = models.OneToOneField(
        "conversations.Message", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=8, choices=Reason, default=Reason.UNSURE)
    suggested = models.CharField(max_length=60, blank=True)  # the flow that the customer chose
    close = models.JSONField(default=list)  # the flows that the router thought of, the likeliest first
    likely = models.FloatField(default=0.0)
    said_at = models.DateTimeField(default=timezone.now)
    label = models.CharField(max_length=60, blank=True)  # a flow's key; "" where it begins none
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("example of a customer")
        verbose_name_plural = _("examples of customers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-said_at"], name="examples_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"
