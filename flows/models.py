"""Designed conversations as rows: what is being drawn, and what was published, version by version.

A version never changes: a conversation that began with it goes on with it. What a graph is, is in
`flows/graph.py`; only `flows/publishing.py` writes these rows
(pictures of cards: `flows/pictures/`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from flows.pictures.rows import CardPicture as CardPicture


class FlowQuerySet(models.QuerySet["Flow"]):
    def published(self) -> FlowQuerySet:
        return self.filter(published__isnull=False)

    def begun_by_customers(self) -> FlowQuerySet:
        """Published, or on trial."""
        return self.filter(models.Q(published__isnull=False) | models.Q(trial__isnull=False))

    def in_use(self) -> FlowQuerySet:
        """Not archived."""
        return self.filter(archived_at=None)

    def archived(self) -> FlowQuerySet:
        return self.filter(archived_at__isnull=False)


class Flow(models.Model):
    """Its draft (a `graph.Graph` as JSON, which may be unfinished), the version that customers get, and the
    one that a share of the conversations gets instead."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    draft = models.JSONField(_("draft"), default=dict)
    draft_number = models.PositiveIntegerField(default=0, editable=False)  # rises with each save
    published = models.ForeignKey(
        "FlowVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("published version"),
    )  # fmt: skip
    trial = models.ForeignKey(
        "FlowVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("version on trial"),
    )  # fmt: skip
    trial_share = models.PositiveSmallIntegerField(_("share of conversations"), default=0)  # of 100
    trial_since = models.DateField(null=True)
    archived_at = models.DateTimeField(_("archived"), null=True)  # out of the list, and brought back at will
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("edited by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = FlowQuerySet.as_manager()

    class Meta:
        verbose_name = _("flow")
        verbose_name_plural = _("flows")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class FlowVersion(models.Model):
    """What was published once. Its number counts up within the flow."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="versions", verbose_name=_("flow"))
    number = models.PositiveIntegerField(_("version"))
    graph = models.JSONField(_("graph"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("published by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="one_flow_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.flow_id}/{self.number}"


class KeptDraft(models.Model):
    """A draft that something else took the place of, other than somebody drawing. `why` is one of `WHY`."""

    WHY = {
        "import": _("An import took its place"),
        "delivered": _("The delivered flow took its place"),
        "brought_back": _("An earlier draft was brought back"),
    }

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="kept_drafts")
    draft = models.JSONField()
    why = models.CharField(max_length=20, choices=WHY)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kept draft")
        verbose_name_plural = _("kept drafts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.flow_id}: {self.why}"


class StandardWord(models.Model):
    """A company's own words in the place of one of `flows/stock/phrases.yaml`, in one language."""

    name = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.CharField(_("words"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("standard words")
        verbose_name_plural = _("standard words")
        ordering = ["name", "language"]
        constraints = [
            models.UniqueConstraint(fields=["name", "language"], name="one_standard_word_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class StepCount(models.Model):
    """How often something happened at a step of a version on one day; `kind` is one of `flows/walked.py`.

    What stands there (“waits”, “person”) is counted on the day it came, and taken back when it goes on.
    """

    version = models.ForeignKey(FlowVersion, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    kind = models.CharField(max_length=20)
    node = models.CharField(max_length=60)
    leads_to = models.CharField(max_length=60, default="", blank=True)  # of a way from step to step
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "day", "kind", "node", "leads_to"], name="one_step_count_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.node} · {self.day}"


class FlowImport(models.Model):
    """A bot of another system that was read and waits for somebody to say which flows to take.

    `found` is what the reading process said, checked: flows, report, scenarios, webhooks.
    """

    what = models.CharField(_("what"), max_length=200)
    bots = models.JSONField(default=list)
    found = models.JSONField(default=dict)
    taken = models.JSONField(null=True)  # how many drafts came of it, once they were taken
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("asked by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)

    class Meta:
        verbose_name = _("flow import")
        verbose_name_plural = _("flow imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.what
