"""Indexing work to be done. The row is the truth, the Celery task only a doorbell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.documents import Document, Source
from knowledge.models.index import EmbeddingSpace


class IndexJob(models.Model):
    """A piece of indexing work. `attempts` is also the fence: a job taken up again refuses its old worker."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("One article")
        SOURCE = "source", _("A whole source")
        SPACE = "space", _("A new embedding model")
        CALIBRATION = "calibration", _("Calibration")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="index_jobs")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="index_jobs")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # A run that stops at its time budget gives the job back; that is not a failed attempt.
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    error = models.CharField(_("error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    not_before = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("indexing job")
        verbose_name_plural = _("indexing jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="index_job_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "document", "source", "space"],
                condition=models.Q(state="queued"),
                nulls_distinct=False,
                name="one_queued_job_per_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
