"""The register of what was learned from use, and what of it is in use."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.customers.rows import CustomerExample as CustomerExample
from training.examples.rows import Dataset as Dataset
from training.examples.rows import Example as Example
from training.fine_tuning.rows import FineTuning as FineTuning
from training.fine_tuning.rows import FineTuningCheckpoint as FineTuningCheckpoint
from training.fine_tuning.rows import FineTuningEvent as FineTuningEvent
from training.search.rows import SearchPolicy as SearchPolicy
from training.search.rows import SearchTraining as SearchTraining
from training.trainings.rows import Learning, OnlyRow


class Training(Learning):
    """One learning of the router. `learned_from`: label → language → how many samples; the report is of
    training/examining.py."""

    CALLED = _("Router training %(number)s")
    WAYS = ""
    LARGE = ("numbers", "shadow", "report")  # a megabyte each

    figures = models.JSONField(default=dict)  # assistant.routing.measuring.Figures
    bar = models.FloatField(default=1.0)
    embedding_seconds = models.FloatField(default=0.0)
    # As assistant/routing/packing.py packs them; `shadow` has not learned the held-out part. Empty: not kept.
    numbers = models.BinaryField(blank=True)
    shadow = models.BinaryField(blank=True)
    kept = models.BooleanField(default=False)  # whether it has its numbers, and can be gone back to

    class Meta:
        verbose_name = _("training of the router")
        verbose_name_plural = _("trainings of the router")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="training_by_state")]


class Policy(OnlyRow):
    SHOWN_WITH = ("pinned_by",)

    by_itself = models.BooleanField(_("by itself when it is not worse"), default=True)
    pinned = models.ForeignKey(Training, on_delete=models.SET_NULL, null=True, related_name="+")
    pinned_at = models.DateTimeField(null=True)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    looked_until = models.BigIntegerField(default=0)  # the last answer that was looked through for examples

    class Meta:
        verbose_name = _("how a router comes into use")
        verbose_name_plural = verbose_name

    @property
    def pinned_name(self) -> str:
        """The row itself holds a megabyte."""
        return Training.called(self.pinned_id)
