"""What has to be looked at so that the knowledge stays right, and how often each article is used."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.documents import Document


class Finding(models.Model):
    """Two published articles, or two passages, that say the same or contradict each other.

    `mark` is made of both texts: what was dismissed comes back when one of them says something else.
    """

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("Duplicate")
        CONTRADICTION = "contradiction", _("Contradiction")

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        DISMISSED = "dismissed", _("Dismissed")
        DEALT_WITH = "dealt_with", _("Dealt with")

    class About(models.TextChoices):
        """In what two passages differ."""

        PRICE = "price", _("Prices differ")
        TIME = "time", _("Times differ")
        SHARE = "share", _("Percentages differ")
        DAYS = "days", _("Weekdays differ")
        HOURS = "hours", _("Hours differ")
        DATE = "date", _("Dates differ")
        NUMBER = "number", _("Numbers differ")
        DENIAL = "denial", _("One says what the other denies")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    # The article with the lower key stands first; both are the same when two sections differ.
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="findings")
    other = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, choices=About, blank=True)
    likeness = models.FloatField(default=0)
    # Of a contradiction: what each says, where, and the words in it that differ.
    said = models.TextField(blank=True)
    other_said = models.TextField(blank=True)
    value = models.CharField(max_length=200, blank=True)
    other_value = models.CharField(max_length=200, blank=True)
    anchor = models.CharField(max_length=120, blank=True)
    other_anchor = models.CharField(max_length=120, blank=True)
    # Whether a model says so too; None when none was asked.
    confirmed = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    mark = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "document", "other", "mark"], name="one_finding_per_pair")
        ]
        indexes = [
            models.Index(fields=["kind"], condition=models.Q(state="open"), name="finding_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ArticleUse(models.Model):
    """On how many answers of a day an article was among what was found, and how many cite it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    found = models.PositiveIntegerField(default=0)
    cited = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "day"], name="one_use_per_day")]

    def __str__(self) -> str:
        return f"{self.document_id} · {self.day}"
