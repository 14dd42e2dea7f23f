"""What staff said which flow a customer's message begins."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CustomerExample(models.Model):
    """A message of a customer without what would tell who it is, and the flow that it begins: learned from as
    soon as it is approved. The message may be forgotten; these words stay until somebody takes them out."""

    class State(models.TextChoices):
        APPROVED = "approved", _("learned from")
        PASSED = "passed", _("passed over")

    message = models.OneToOneField(
        "conversations.Message", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=8, blank=True)
    label = models.CharField(max_length=60, blank=True)  # a flow's key; "" where it begins none
    state = models.CharField(max_length=10, choices=State, default=State.APPROVED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("example of a customer")
        verbose_name_plural = _("examples of customers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="examples_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"
