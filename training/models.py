"""The register of what was learned from use, and what of it is in use."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.customers.rows import CustomerExample as CustomerExample
from training.examples.rows import Dataset as Dataset
from training.examples.rows import Example as Example
from training.fine_tuning.rows import FineTuning as FineTuning
from training.fine_tuning.rows import FineTuningCheckpoint as FineTuningCheckpoint
from training.fine_tuning.rows import FineTuningEvent as FineTuningEvent
from training.search.rows import SearchPolicy as SearchPolicy
from training.search.rows import SearchTraining as SearchTraining


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("a training", "waits")
    RUNNING = "running", pgettext_lazy("a training", "is learning")
    CANDIDATE = "candidate", pgettext_lazy("a training", "candidate")
    IN_USE = "in_use", pgettext_lazy("a training", "in use")
    RETIRED = "retired", pgettext_lazy("a training", "retired")
    REFUSED = "refused", pgettext_lazy("a training", "refused")
    CANCELLED = "cancelled", pgettext_lazy("a training", "cancelled")
    FAILED = "failed", pgettext_lazy("a training", "failed")


OPEN = (State.QUEUED, State.RUNNING)


class TrainingQuerySet(models.QuerySet["Training"]):
    def light(self) -> TrainingQuerySet:
        """Without what is a megabyte each: it comes when it is asked for."""
        return self.defer("numbers", "shadow", "report")

    def open(self) -> TrainingQuerySet:
        return self.filter(state__in=OPEN)

    def in_use(self) -> TrainingQuerySet:
        return self.filter(state=State.IN_USE)

    def candidates(self) -> TrainingQuerySet:
        return self.filter(state=State.CANDIDATE)


class Training(models.Model):
    """One learning of the router: from what, by whom, how well it does, and what became of it. Its number is
    its key."""

    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    why = models.CharField(max_length=12, blank=True)  # it is in this state: training.deciding.Why
    facts = models.JSONField(default=dict)  # the numbers and names within that reason
    # Null and nothing asked for: begun by itself, because flows or knowledge have changed.
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    by_command = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)  # by the worker that is at it
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(
        max_length=500, blank=True
    )  # as of llm.errors.ModelError, while it is tried again
    identity = models.CharField(max_length=200, blank=True)  # of the embedding model
    signature = models.CharField(max_length=64, blank=True)  # of what it was learned from
    learned_from = models.JSONField(default=dict)  # label → language → how many samples
    figures = models.JSONField(default=dict)  # assistant.routing.measuring.Figures
    bar = models.FloatField(default=1.0)
    embedding_seconds = models.FloatField(default=0.0)
    learning_seconds = models.FloatField(default=0.0)
    report = models.JSONField(default=dict)  # training.examining.Report
    # As assistant/routing/packing.py packs them; `shadow` has not learned the held-out part. Empty: not kept.
    numbers = models.BinaryField(blank=True)
    shadow = models.BinaryField(blank=True)
    kept = models.BooleanField(default=False)  # whether it has its numbers, and can be gone back to

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="training_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Policy(models.Model):
    """How a new router comes into use; one row."""

    ONLY = 1

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

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
