"""The rows of the review queue."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why an answer deserves to be looked at again."""

    LOW_RATING = "low_rating", _("Rated as not helpful")
    BAD_ENDING = "bad_ending", _("Conversation rated badly")
    DECLINED = "declined", _("Declined")
    NOTHING_FOUND = "nothing_found", _("Nothing was found")
    WEAK_GROUNDING = "weak_grounding", _("Weakly grounded")
    HANDOFF = "handoff", _("A person was wanted")
    FAILED_CHECK = "failed_check", _("A check failed")
    SAMPLE = "sample", _("Random sample")
    CHOSEN = "chosen", _("Chosen by staff")


class Verdict(models.TextChoices):
    """What is wrong with an answer, if anything; the reasons are those that customers have too."""

    RIGHT = "right", _("It is right")
    INCORRECT = "incorrect", _("It is wrong")
    INCOMPLETE = "incomplete", _("Something is missing")
    OUTDATED = "outdated", _("It is out of date")
    INAPPROPRIATE = "inappropriate", _("It is inappropriate")
    OTHER = "other", _("Something else")


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def worst_first(self) -> ReviewItemQuerySet:
        return self.order_by("-weight", "-asked_at", "-pk")


class ReviewItem(models.Model):
    """An answer in the queue. `wanted`: how many reviewers are to judge it; it is done when they have.

    `looked_by` has it open on a screen: nobody else is led to it meanwhile (see `queueing.LOOKED_FOR`).
    `same_question`: sameness.number_of what was asked. `covered_by`: the correction of another answer to it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be reviewed")
        DONE = "done", _("Reviewed")
        COVERED = "covered", _("Put right with another")
        DISMISSED = "dismissed", _("Passed over")

    message = models.OneToOneField(
        "conversations.Message", on_delete=models.CASCADE, primary_key=True, related_name="review_item"
    )
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason), default=list)
    weight = models.FloatField(default=0.0)  # worth.weight_of
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    wanted = models.PositiveSmallIntegerField(default=1)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who sees to it"),
    )  # fmt: skip
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()  # when the answer was given
    same_question = models.BigIntegerField(null=True)
    covered_by = models.ForeignKey(
        "evaluation.Correction", on_delete=models.SET_NULL, null=True, related_name="covers"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-weight", "-asked_at"], name="review_item_worst"),
            models.Index(fields=["assignee", "state"], name="review_item_assignee"),
            models.Index(
                fields=["same_question", "state", "weight", "asked_at", "message"], name="review_item_same"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Review(models.Model):
    """What one reviewer says of an answer; said again, it replaces what they said."""

    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    verdict = models.CharField(_("verdict"), max_length=15, choices=Verdict)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "reviewer"], name="review_once")]
        indexes = [models.Index(fields=["-updated_at"], name="review_newest")]

    def __str__(self) -> str:
        return self.verdict


class Picked(models.Model):
    """How far a source of the queue has been looked through: up to which row, or up to when."""

    source = models.CharField(max_length=20, primary_key=True)
    up_to = models.BigIntegerField(default=0)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.source
