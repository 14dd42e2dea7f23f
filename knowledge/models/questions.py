"""Questions that a model wrote: what it takes an article to answer, beside those that staff typed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from knowledge.models.documents import Document, Revision


class WrittenQuestions(models.Model):
    """What a model wrote from one text of an article; none where it could not.

    What was `removed` does not come back. `revision` is the newest that was looked at, whose text is
    that of `text_hash`; neither is there where somebody wants others.
    """

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="written_questions"
    )
    questions = ArrayField(models.CharField(max_length=300), default=list)
    removed = ArrayField(models.CharField(max_length=300), default=list)
    model = models.CharField(max_length=200, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)  # of title and text
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
