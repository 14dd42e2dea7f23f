"""What a release has to show before customers get it, and whether it is rolled back by itself."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleasePolicy(models.Model):
    """One for each assistant, written when somebody decides something; without a row nothing is asked for,
    and a worse release is rolled back."""

    assistant = models.OneToOneField(
        "assistant.Assistant", on_delete=models.CASCADE, primary_key=True, related_name="release_policy"
    )
    suites = models.ManyToManyField(
        "evaluation.Suite", blank=True, related_name="+", verbose_name=_("suites")
    )
    at_least = models.PositiveSmallIntegerField(
        _("scenarios that must go as expected, of 100"), default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    rolls_back = models.BooleanField(_("roll back by itself"), default=True)

    class Meta:
        verbose_name = _("what a release has to show")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.assistant)
