"""The register of what was learned about searching from saved questions. Its number is its key."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SearchTrainingQuerySet(models.QuerySet["SearchTraining"]):
    def light(self) -> SearchTrainingQuerySet:
        """Without what has an entry for each question: it comes when it is asked for."""
        return self.defer("asked", "report")

    def open(self) -> SearchTrainingQuerySet:
        return self.filter(state__in=("queued", "running"))

    def in_use(self) -> SearchTrainingQuerySet:
        return self.filter(state="in_use")

    def candidates(self) -> SearchTrainingQuerySet:
        return self.filter(state="candidate")


class SearchTraining(models.Model):
    """One learning: from how many questions of which kind, what was chosen, how well that does on questions
    that were held out, and what became of it. No words of customers stand here: questions by their rows
    alone."""

    state = models.CharField(max_length=12, default="queued")  # training.models.State
    why = models.CharField(max_length=12, blank=True)  # training.search.deciding.Why
    facts = models.JSONField(default=dict)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_command = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)  # by the worker that is at it
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)  # of a model, while it is tried again
    asked = models.JSONField(default=dict)  # what came of the questions so far: emptied at the end
    identity = models.CharField(max_length=200, blank=True)  # of the embedding model
    signature = models.CharField(max_length=64, blank=True)  # of the questions and of the knowledge
    learned_from = models.JSONField(default=dict)  # kind of row → language → [with an answer, without]
    words_share = models.FloatField(default=0.08)
    lift = models.FloatField(default=0.0)
    asking_seconds = models.FloatField(default=0.0)
    learning_seconds = models.FloatField(default=0.0)
    report = models.JSONField(default=dict)  # training.search.examining.Report

    objects = SearchTrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training of search")
        verbose_name_plural = _("trainings of search")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="search_training_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SearchPolicy(models.Model):
    """How a better weighing comes into use; one row."""

    ONLY = 1

    by_itself = models.BooleanField(_("by itself when it is better"), default=False)

    class Meta:
        verbose_name = _("how a weighing of search comes into use")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
