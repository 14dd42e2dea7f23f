"""What judges say of answers that people have reviewed. Only `evaluation/judging/reviewed.py` writes
these."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class JudgedAnswer(models.Model):
    """`right` is `Judgement.is_right`: None where the judge said nothing that could be understood, or there
    was nothing to judge. It is kept apart from reviews: the judge never sees those, nor reviewers this."""

    message = models.ForeignKey(
        "conversations.Message", on_delete=models.CASCADE, related_name="judged_answers"
    )
    judge = models.CharField(max_length=120)
    right = models.BooleanField(null=True)
    met = models.JSONField(default=dict)  # by what it was judged for; no words of it are kept
    judged_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "judge"], name="judged_once")]

    def __str__(self) -> str:
        return f"{self.judge}: {self.right}"
