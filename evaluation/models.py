"""What customers asked and were not answered: questions, and the gaps in the knowledge behind them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Exp, Extract, Now
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from evaluation.corrections.rows import Correction as Correction
from evaluation.corrections.rows import CorrectionMail as CorrectionMail
from evaluation.judging.rows import JudgedAnswer as JudgedAnswer
from evaluation.releases.rows import ReleasePolicy as ReleasePolicy
from evaluation.reviews.rows import Picked as Picked
from evaluation.reviews.rows import Review as Review
from evaluation.reviews.rows import ReviewItem as ReviewItem
from evaluation.runs.rows import Case as Case
from evaluation.runs.rows import Run as Run
from evaluation.scenario_words import SITUATIONS
from evaluation.suites.rows import Suite as Suite

FADES = 30 * 24 * 3600  # seconds after which a question counts a third of a new one


class GapQuerySet(models.QuerySet["Gap"]):
    def counted(self) -> Any:  # a GapQuerySet; type checkers do not know what is added here
        """With `times`, `first_asked`, `last_asked`, `languages`, and `worth`: how often, and how lately."""
        mine = GapQuestion.objects.filter(gap=OuterRef("pk")).order_by()
        of_gap = mine.values("gap")
        age = Extract(ExpressionWrapper(Now() - F("last_asked"), models.DurationField()), "epoch")
        return self.annotate(
            times=Coalesce(Subquery(of_gap.annotate(n=Count("pk")).values("n")), 0),
            first_asked=Subquery(of_gap.annotate(at=Min("asked_at")).values("at")),
            last_asked=Subquery(of_gap.annotate(at=Max("asked_at")).values("at")),
            languages=ArraySubquery(mine.values("language").distinct()),
        ).annotate(
            worth=ExpressionWrapper(F("times") * Exp(-age / float(FADES)), output_field=FloatField()),
        )


class Gap(models.Model):
    """Something that customers ask and the knowledge does not answer."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ASSIGNED = "assigned", _("Assigned")
        ANSWERED = "answered", _("Answered")
        DISMISSED = "dismissed", _("Dismissed")

    LIVE = (State.OPEN, State.ASSIGNED)

    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="gaps",
        verbose_name=_("who sees to it"),
    )
    document = models.ForeignKey(
        "knowledge.Document",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("article that answers it"),
    )
    # When its questions are to be asked again; whoever asks them moves it on, so that nobody else does.
    check_due_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)  # it was asked again, in vain, after it had been answered
    created_at = models.DateTimeField(_("noticed"), auto_now_add=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        indexes = [
            models.Index(
                fields=["check_due_at"], condition=models.Q(check_due_at__isnull=False), name="gap_check_due"
            )
        ]

    def __str__(self) -> str:
        return self.title


class GapQuestion(models.Model):
    """A question of a customer that was not answered; it goes when the customer's words are deleted."""

    class Reason(models.TextChoices):
        DECLINED = "declined", _("Declined")
        NOTHING_FOUND = "nothing_found", _("Nothing was found")
        UNCLEAR = "unclear", _("Asked back in vain")
        RATED = "rated", _("Rated as not helpful")

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="questions")
    message = models.OneToOneField("conversations.Message", on_delete=models.CASCADE, related_name="gap")
    text = models.CharField(_("question"), max_length=500)  # as it was understood, without personal data
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    reason = models.CharField(_("reason"), max_length=15, choices=Reason)
    asked_at = models.DateTimeField(_("asked"))
    vector = HalfVectorField()
    made_by = models.CharField(max_length=300)  # identity of the model: only its vectors can be compared
    answered_now = models.BooleanField(null=True)  # what came of asking it again

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("unanswered question")
        verbose_name_plural = _("unanswered questions")
        indexes = [models.Index(fields=["gap", "-asked_at"], name="gap_question_newest")]

    def __str__(self) -> str:
        return self.text


class Scenario(models.Model):
    """A conversation as it should go: a `scripted.Script` as JSON, and what the list shows of it.

    Only `evaluation/scenarios.py` writes these rows.
    """

    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12)
    situation = models.CharField(_("situation"), max_length=15, choices=SITUATIONS, blank=True)
    suite = models.ForeignKey(
        Suite, on_delete=models.SET_NULL, null=True, blank=True, related_name="scenarios",
        verbose_name=_("suite"),
    )  # fmt: skip
    script = models.JSONField(_("turns"))
    enabled = models.BooleanField(
        _("counts"), default=True, help_text=_("Otherwise it is kept, and left out when all are run.")
    )
    origin = models.CharField(_("from"), max_length=200, blank=True)  # "" where somebody wrote it here
    # The answer that it was made of, as long as that is kept: nothing of it is in a file that is handed out.
    message = models.ForeignKey(
        "conversations.Message", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("edited by"),
    )  # fmt: skip
    # What it watches over, and what came of running it last.
    guidance = models.ManyToManyField(
        "assistant.Guidance", blank=True, related_name="scenarios", verbose_name=_("guidance")
    )
    passed = models.BooleanField(_("as expected"), null=True, editable=False)
    ran_at = models.DateTimeField(_("last run"), null=True, editable=False)
    # The steps that it took then, as "flow@version/step".
    reached = ArrayField(models.CharField(max_length=140), default=list, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
