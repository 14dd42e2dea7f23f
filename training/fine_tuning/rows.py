"""The rows of fine-tuning: what was asked of a provider, what it told, and when it is asked again."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.examples.rows import Dataset, Form


class Method(models.TextChoices):
    """`dpo` learns from pairs."""

    SUPERVISED = "supervised", _("From right answers")
    DPO = "dpo", _("From pairs: rather this answer than that one")


METHODS = {Form.CHAT: Method.SUPERVISED, Form.PREFERENCE: Method.DPO}  # which fits which dataset


class State(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("a fine-tuning", "waits to be sent")
    UPLOADING = "uploading", pgettext_lazy("a fine-tuning", "is being sent")
    WAITING = "waiting", pgettext_lazy("a fine-tuning", "waits at the provider")
    RUNNING = "running", pgettext_lazy("a fine-tuning", "is learning")
    CANCELLING = "cancelling", pgettext_lazy("a fine-tuning", "is being cancelled")
    SUCCEEDED = "succeeded", pgettext_lazy("a fine-tuning", "learned")
    REFUSED = "refused", pgettext_lazy("a fine-tuning", "refused")
    FAILED = "failed", pgettext_lazy("a fine-tuning", "failed")
    CANCELLED = "cancelled", pgettext_lazy("a fine-tuning", "cancelled")
    VANISHED = "vanished", pgettext_lazy("a fine-tuning", "vanished at the provider")


class FineTuning(models.Model):
    """One job. `key` is our name for it at the provider; `host` the one that was told of it, and no other is
    asked about it. `…_asked_at` is written before a request, whose answer may be lost: what it was to bring
    is looked for then, before it is asked for again. `next_poll_at`: when it is gone on with; null: never."""

    State = State
    OPEN = (State.PREPARING, State.UPLOADING, State.WAITING, State.RUNNING, State.CANCELLING)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.SET_NULL, null=True, related_name="fine_tunings")
    dataset_name = models.CharField(max_length=120)
    signature = models.CharField(max_length=64, blank=True)  # of the files that were sent
    host = models.CharField(max_length=255)
    base_model = models.CharField(max_length=200)
    method = models.CharField(max_length=12, choices=Method, default=Method.SUPERVISED)
    hyperparameters = models.JSONField(default=dict)  # those that were chosen; the others are the provider's
    suffix = models.CharField(max_length=40, blank=True)
    seed = models.PositiveIntegerField(null=True)
    extra = models.JSONField(default=dict)  # FINE_TUNING_EXTRA as it was then
    lines = models.PositiveIntegerField(default=0)
    validation_lines = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)  # of one epoch
    estimated_tokens = models.PositiveBigIntegerField(default=0)
    price = models.DecimalField(max_digits=12, decimal_places=4, null=True)  # per million tokens, then
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="later")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_command = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    state = models.CharField(max_length=12, choices=State, default=State.PREPARING)
    status = models.CharField(max_length=40, blank=True)  # in the provider's word
    error = models.CharField(max_length=40, blank=True)  # a code of llm.fine_tuning_errors.TUNING_REASONS
    detail = models.CharField(max_length=1000, blank=True)  # in the provider's words
    line = models.PositiveIntegerField(null=True)  # of the file, which it names
    training_asked_at = models.DateTimeField(null=True)
    training_file = models.CharField(max_length=120, blank=True)
    validation_asked_at = models.DateTimeField(null=True)
    validation_file = models.CharField(max_length=120, blank=True)
    creation_asked_at = models.DateTimeField(null=True)
    job = models.CharField(max_length=120, blank=True)
    cancel_wanted_at = models.DateTimeField(null=True)
    tuned_model = models.CharField(max_length=255, blank=True)
    trained_tokens = models.PositiveBigIntegerField(null=True)
    finish = models.DateTimeField(null=True)  # as the provider estimates it
    files_deleted_at = models.DateTimeField(null=True)

    polled_at = models.DateTimeField(null=True)
    next_poll_at = models.DateTimeField(null=True, default=timezone.now)
    unchanged = models.PositiveIntegerField(default=0)  # looks in which nothing was new
    failures = models.PositiveIntegerField(default=0)  # one after the other
    leased_until = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)  # fences off whoever was thought dead

    class Meta:
        verbose_name = _("fine-tuning")
        verbose_name_plural = _("fine-tunings")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_poll_at"], condition=models.Q(next_poll_at__isnull=False), name="tuning_due"
            ),
            models.Index(fields=["job"], name="tuning_by_job"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.base_model}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def file_names(self) -> dict[str, str]:
        """At the provider, by the part: how they are found again."""
        return {part: f"causerie-{self.key}-{part}.jsonl" for part in ("training", "validation")}


class FineTuningEvent(models.Model):
    """What the provider told while it was at it. In the order of their keys."""

    fine_tuning = models.ForeignKey(FineTuning, on_delete=models.CASCADE, related_name="events")
    provider_id = models.CharField(max_length=120)
    at = models.DateTimeField(null=True)
    level = models.CharField(max_length=10, default="info")
    message = models.CharField(max_length=1000, blank=True)
    step = models.PositiveBigIntegerField(null=True)
    steps = models.PositiveBigIntegerField(null=True)
    train_loss = models.FloatField(null=True)
    valid_loss = models.FloatField(null=True)

    class Meta:
        verbose_name = _("event of a fine-tuning")
        verbose_name_plural = _("events of fine-tunings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["fine_tuning", "provider_id"], name="each_event_once"),
        ]

    def __str__(self) -> str:
        return self.message


class FineTuningCheckpoint(models.Model):
    """The model as it was after a step: it can be asked, too."""

    fine_tuning = models.ForeignKey(FineTuning, on_delete=models.CASCADE, related_name="checkpoints")
    provider_id = models.CharField(max_length=120)
    model = models.CharField(max_length=255)
    step = models.PositiveBigIntegerField()
    train_loss = models.FloatField(null=True)
    valid_loss = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)

    class Meta:
        verbose_name = _("checkpoint of a fine-tuning")
        verbose_name_plural = _("checkpoints of fine-tunings")
        ordering = ["step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fine_tuning", "provider_id"], name="each_checkpoint_once"),
        ]

    def __str__(self) -> str:
        return self.model
