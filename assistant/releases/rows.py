"""Releases, and what customers got when. Only `making.py` writes the first and `serving.py` the second."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """It never changes. Its number counts up within the assistant; `contents` is `contents.Contents` as JSON.
    The articles are not in it: `knowledge` says which there were."""

    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.CASCADE, related_name="releases", verbose_name=_("assistant")
    )
    number = models.PositiveIntegerField(_("release"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    contents = models.JSONField()
    signature = models.CharField(max_length=64)  # of the contents
    knowledge = models.JSONField(default=dict)  # knowledge.stock.Stock as JSON
    # The router of that moment, as assistant/routing/packing.py packs it: a megabyte.
    router = models.BinaryField(blank=True)
    router_identity = models.CharField(max_length=200, blank=True)  # of its embedding model
    router_bar = models.FloatField(default=1.0)
    router_figures = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("made"), db_default=Now())

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["assistant", "number"], name="one_release_of_a_number")
        ]

    def __str__(self) -> str:
        return gettext("release %(number)d") % {"number": self.number}


class ServingQuerySet(models.QuerySet["Serving"]):
    def now(self) -> ServingQuerySet:
        return self.filter(ended_at=None)


class Serving(models.Model):
    """What customers of an assistant got for a while: `release`, null for whatever stands in the settings,
    and `trial` for so many of a hundred conversations. The one that has not ended is what they get now."""

    class Why(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("a release", "published")
        TRIAL = "trial", pgettext_lazy("a release", "given to a share")
        SHARE = "share", pgettext_lazy("a release", "share changed")
        ENDED = "ended", pgettext_lazy("a release", "trial ended")
        BACK = "back", pgettext_lazy("a release", "rolled back")
        WORSE = "worse", pgettext_lazy("a release", "rolled back by itself")
        SETTINGS = "settings", pgettext_lazy("a release", "back to the settings")

    assistant = models.ForeignKey("assistant.Assistant", on_delete=models.CASCADE, related_name="served")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, null=True, related_name="+")
    trial = models.ForeignKey(Release, on_delete=models.CASCADE, null=True, related_name="+")
    share = models.PositiveSmallIntegerField(
        default=0, validators=[MinValueValidator(0), MaxValueValidator(99)]
    )
    why = models.CharField(max_length=10, choices=Why)
    facts = models.JSONField(default=dict)  # the figures behind a roll back, the reason behind an override
    looked = models.JSONField(default=dict)  # kind of rating → how many there were when it was looked last
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ServingQuerySet.as_manager()

    class Meta:
        verbose_name = _("what customers get")
        verbose_name_plural = verbose_name
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assistant"], condition=Q(ended_at=None), name="one_serving_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(trial=None, share=0) | Q(trial__isnull=False, share__gte=1, share__lte=99),
                name="a_trial_has_a_share",
            ),
            models.CheckConstraint(
                condition=Q(trial=None) | Q(release=None) | ~Q(trial=F("release")),
                name="nothing_is_tried_against_itself",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_why_display())
