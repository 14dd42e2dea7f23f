"""Guidance as staff set it up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistant.guidance.held import Kind, Row
from assistant.guidance.phrases import lines_of

LONGEST_TEXT = 500
KINDS = [
    (Kind.TONE.value, _("Tone")),
    (Kind.RULE.value, _("Rule")),
    (Kind.GUARDRAIL.value, _("Guardrail")),
    (Kind.ESCALATION.value, _("Escalation")),
]


class GuidanceQuerySet(models.QuerySet["Guidance"]):
    def for_assistant(self, assistant_id: int | None) -> GuidanceQuerySet:
        """Those that are on, in their order: its own and everybody's."""
        return self.filter(Q(assistant=None) | Q(assistant=assistant_id), enabled=True)

    def most_compared(self) -> int:
        """How many lines one reply may compare by meaning: of questions or of topics, whichever are more, for
        the assistant that has most of them."""
        on = [(row.assistant_id, row.as_row()) for row in self.filter(enabled=True, by_meaning=True)]
        whose = {assistant for assistant, _row in on}
        found = [0]
        for one in whose:
            rows = [row for assistant, row in on if assistant in (None, one)]
            found.append(len({line for row in rows for line in row.about}))
            found.append(len({line for row in rows for line in row.topics}))
        return max(found)


class Guidance(models.Model):
    """One row. `hits` and `last_hit_at` are written by `assistant/guidance/counting.py` alone."""

    class Hours(models.TextChoices):
        OPEN = "open", _("during opening hours")
        CLOSED = "closed", _("outside opening hours")

    class Who(models.TextChoices):
        VERIFIED = "verified", _("who have signed in")
        UNVERIFIED = "unverified", _("who have not signed in")

    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.CASCADE, null=True, blank=True, related_name="guidance",
        verbose_name=_("assistant"), help_text=_("Empty: all of them."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=Kind.RULE.value)
    text = models.CharField(_("in plain words"), max_length=LONGEST_TEXT)
    about = models.TextField(_("when the question is about"), blank=True)
    by_meaning = models.BooleanField(_("also when it is said in other words"), default=True)
    language = models.CharField(
        _("customers who write in"), max_length=5, blank=True, choices=settings.LANGUAGES
    )
    hours = models.CharField(_("time"), max_length=6, blank=True, choices=Hours)
    who = models.CharField(_("customers"), max_length=10, blank=True, choices=Who)
    forbidden = models.TextField(_("words that must not be said"), blank=True)
    topics = models.TextField(_("topics that must not be talked about"), blank=True)
    words = models.JSONField(default=dict, blank=True)  # what is said, by language
    enabled = models.BooleanField(_("on"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    hits = models.PositiveIntegerField(_("hits"), default=0, editable=False)
    last_hit_at = models.DateTimeField(_("last hit"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of guidance")
        verbose_name_plural = _("rows of guidance")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    def as_row(self) -> Row:
        """As replies know it."""
        return Row(
            pk=self.pk or 0,
            kind=Kind(self.kind),
            text=self.text,
            about=lines_of(self.about),
            by_meaning=self.by_meaning,
            language=self.language,
            hours=self.hours,
            who=self.who,
            forbidden=lines_of(self.forbidden) if self.kind == Kind.GUARDRAIL else (),
            topics=lines_of(self.topics) if self.kind == Kind.GUARDRAIL else (),
            words={code: text for code, text in self.words.items() if text},
        )
