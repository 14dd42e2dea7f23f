"""The rows of what stands behind an answer: why it is as it is, and its sources."""

from __future__ import annotations

from django.db import models


class Trace(models.Model):
    """Why an answer is as it is (assistant.events.Route) and what it cost; staff only."""

    message = models.OneToOneField(
        "conversations.Message", on_delete=models.CASCADE, primary_key=True, related_name="trace"
    )
    route = models.JSONField(default=dict)
    model = models.CharField(max_length=120, blank=True)
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    first_word_ms = models.PositiveIntegerField(null=True)
    total_ms = models.PositiveIntegerField(null=True)
    # Of the assistant; null: the settings as they were.
    release = models.ForeignKey("assistant.Release", on_delete=models.SET_NULL, null=True, related_name="+")


class Citation(models.Model):
    """A numbered source under an answer, pinned to the revision that the answer saw."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey("knowledge.Document", on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.ForeignKey("knowledge.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    external_id = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    heading = models.CharField(max_length=600, blank=True)
    url = models.CharField(max_length=800)
    language = models.CharField(max_length=5)
    quote = models.TextField(blank=True)
    passage = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="citation_number_once")]
