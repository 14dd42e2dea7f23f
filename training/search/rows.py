"""The register of what was learned about searching from saved questions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.trainings.rows import Learning, OnlyRow


class SearchTraining(Learning):
    """`learned_from`: kind of row → language → [with an answer, without]; the report is of
    training/search/examining.py. No words of customers stand here: questions by their rows alone."""

    CALLED = _("Search training %(number)s")
    WAYS = "search-"
    LARGE = ("asked", "report")  # an entry for each question

    asked = models.JSONField(default=dict)  # what came of the questions so far: emptied at the end
    words_share = models.FloatField(default=0.08)
    lift = models.FloatField(default=0.0)
    asking_seconds = models.FloatField(default=0.0)

    class Meta:
        verbose_name = _("training of search")
        verbose_name_plural = _("trainings of search")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="search_training_by_state")]


class SearchPolicy(OnlyRow):
    by_itself = models.BooleanField(_("by itself when it is better"), default=False)

    class Meta:
        verbose_name = _("how a weighing of search comes into use")
        verbose_name_plural = verbose_name
