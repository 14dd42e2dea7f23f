"""Background work: indexing, imports. The row is the truth, the Celery task only a doorbell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.documents import Document, Source
from knowledge.models.imports import ImportRun
from knowledge.models.index import EmbeddingSpace


class Job(models.Model):
    """A piece of work. `attempts` is also the fence: a job taken up again refuses its old worker."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("One article")
        SOURCE = "source", _("A whole source")
        SPACE = "space", _("A new embedding model")
        CALIBRATION = "calibration", _("Calibration")
        IMPORT = "import", _("Import")
        QUESTIONS = "questions", _("Writing questions")
        UPKEEP = "upkeep", _("Looking for duplicates and contradictions")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="jobs")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="jobs")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, null=True, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, null=True, related_name="jobs")
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
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="job_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "document", "source", "space", "run"],
                condition=models.Q(state="queued"),
                nulls_distinct=False,
                name="one_queued_job_per_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
