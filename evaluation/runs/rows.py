"""Runs of scenarios as rows: what was asked for, and each scenario on each side with what came of it.

Only `evaluation/runs/` writes these. A case carries its own script: what came of it stays readable whatever
becomes of the scenario.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

RULES, MODEL = "rules", "model"
CUSTOMERS = [(RULES, _("by rules")), (MODEL, _("by a model"))]


class Run(models.Model):
    """`sides` are `evaluation.runs.sides.Side` as JSON; `figures`, once all of it was played, for each of
    them `evaluation.runs.summing.Figures`. While a judge reads, what the scenarios say stands already: a
    judge changes nothing about it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        READING = "reading", _("Being read")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Stopped")

    class Origin(models.TextChoices):
        PAGE = "page", _("from the pages")
        COMMAND = "command", _("from a terminal")

    OPEN = (State.QUEUED, State.RUNNING, State.READING)
    PLAYED = (State.READING, State.DONE)

    title = models.CharField(_("title"), max_length=200, blank=True)  # names of suites, where these are few
    scenarios = models.PositiveIntegerField(default=0)
    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.CASCADE, related_name="+", verbose_name=_("assistant")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("asked for by"),
    )  # fmt: skip
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PAGE)
    sides = models.JSONField()
    suites = models.JSONField(default=list)  # their names, as they were asked for
    times = models.PositiveSmallIntegerField(default=1)  # each scenario on each side
    # Who reads the answers: evaluation/judging/judges.py, "" for nobody. By whom customers with a goal are
    # played.
    judge = models.CharField(max_length=120, blank=True)
    customers = models.CharField(max_length=10, choices=CUSTOMERS, default=RULES)
    total = models.PositiveIntegerField(default=0)  # cases
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    figures = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["queued", "running", "reading"]),
                name="evaluation_open_runs",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.called}"

    @property
    def called(self) -> str:
        """In the language of whoever reads it."""
        return self.title or gettext("%(count)d scenarios") % {"count": self.scenarios}

    @classmethod
    def called_in_sql(cls) -> models.Case:
        before, _count, after = gettext("%(count)d scenarios").partition("%(count)d")
        count = Cast("scenarios", models.CharField())
        counted = Concat(Value(before), count, Value(after), output_field=models.CharField())
        return models.Case(models.When(title="", then=counted), default=models.F("title"))

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_played(self) -> bool:
        return self.state in self.PLAYED


class CaseQuerySet(models.QuerySet["Case"]):
    def over(self) -> Any:
        return self.filter(state__in=[Case.State.DONE, Case.State.FAILED])

    def left(self) -> Any:
        return self.filter(state__in=[Case.State.WAITING, Case.State.RUNNING])

    def unread(self) -> Any:
        """Those that a judge has still to read."""
        return self.filter(state=Case.State.DONE, judged__isnull=True).exclude(run__judge="")


class Case(models.Model):
    """One scenario on one side, once. `place` is the scenario's in the run: cases with the same place and
    `time` are pairs."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("could not be run")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="cases")
    place = models.PositiveIntegerField()
    side = models.PositiveSmallIntegerField()
    time = models.PositiveSmallIntegerField(default=0)
    scenario = models.ForeignKey(
        "evaluation.Scenario", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    suite = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    situation = models.CharField(max_length=15, blank=True)
    script = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    passed = models.BooleanField(null=True)
    turned = models.JSONField(default=list)  # evaluation.turned.Turned, for each turn that was run
    judged = models.JSONField(null=True)  # evaluation.judging.verdicts.Judgement, for each; null: not yet
    judged_right = models.BooleanField(null=True)  # by the judge: every answer, as far as one was decided
    preferred = models.CharField(max_length=6, blank=True)  # on the second side: preferring.Preferred
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario of a run")
        verbose_name_plural = _("scenarios of runs")
        ordering = ["place", "time", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "place", "time", "side"], name="one_case_of_a_scenario_on_a_side"
            )
        ]
        indexes = [
            models.Index(
                fields=["run", "place"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="evaluation_cases_left",
            )
        ]

    def __str__(self) -> str:
        return self.name
