"""Scenarios in the admin site: their list, one as YAML, and what comes of running it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from assistant.models import Assistant
from assistant.releases.as_served import as_served
from chatbot.markdown import render_message
from evaluation.checks_in_words import titles_for, worded
from evaluation.corrections.correcting import ORIGIN
from evaluation.guidance_pages import panel
from evaluation.models import Scenario
from evaluation.running import run_scenario
from evaluation.scenario_form import ScenarioForm
from evaluation.scenario_words import OUTCOMES
from evaluation.scenarios import keep, note_run, script_of
from evaluation.trial_pages import keep_trial
from evaluation.turned import Turned
from knowledge.admin import guarding
from knowledge.admin.people import person
from llm.errors import ModelError

Request = HttpRequest


def called(origin: str) -> str:
    """Where a scenario comes from, in words: the name of an imported bot, or from a correction."""
    return gettext("a correction") if origin == ORIGIN else origin or "–"


class OriginFilter(admin.SimpleListFilter):
    title, parameter_name = _("from"), "origin"

    def lookups(self, request: Request, model_admin: Any) -> list[tuple[str, str]]:
        known = Scenario.objects.exclude(origin="").order_by("origin").values_list("origin", flat=True)
        return [(origin, called(origin)) for origin in known.distinct()]

    def queryset(self, request: Request, queryset: Any) -> Any:
        known = dict(self.lookup_choices)
        return queryset.filter(origin=self.value()) if self.value() in known else queryset


@admin.register(Scenario)
class ScenarioAdmin(AuditedAdmin):
    says_when_empty = _(
        "A scenario is a conversation as it should go: what a customer says, and what is expected of each "
        "answer. Those of an imported bot come here by themselves."
    )
    form = ScenarioForm
    fieldsets = [(None, {"fields": ["text", "suite", "enabled"]})]
    list_display = [
        "name", "suite", "language", "shown_situation", "turns", "came", "shown_origin", "enabled",
    ]  # fmt: skip
    list_select_related = ["suite"]
    list_filter = ["suite", "situation", "enabled", "language", OriginFilter]
    search_fields = ["name", "script"]
    search_help_text = _("Search in names and in what is said")
    warn_unsaved_form = True
    list_before_template = "admin/evaluation/scenario/above_list.html"
    change_form_outer_before_template = "admin/evaluation/scenario/above.html"

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/run/", guarding.guard(self, require_POST(run)), name="evaluation_scenario_run"),
            path("trial/", guarding.guard(self, require_POST(keep_trial)), name="evaluation_scenario_trial"),
            path("guidance/<int:pk>/", guarding.guard(self, panel), name="evaluation_scenario_guidance"),
        ]
        return own + super().get_urls()

    def save_model(self, request: Request, obj: Scenario, form: Any, change: bool) -> None:
        keep(obj, form.script, author=person(request))

    @admin.display(description=_("Situation"), ordering="situation")
    def shown_situation(self, scenario: Scenario) -> str:
        return str(scenario.get_situation_display() or "–")

    @admin.display(description=_("Turns"))
    def turns(self, scenario: Scenario) -> int:
        return len(scenario.script.get("turns", ()))

    @display(
        description=_("Last run"),
        ordering="passed",
        label={True: "success", False: "danger"},
    )
    def came(self, scenario: Scenario) -> tuple[bool, str] | str:
        if scenario.passed is None:
            return "–"
        return scenario.passed, gettext("as expected") if scenario.passed else gettext("not as expected")

    @admin.display(description=_("From"), ordering="origin")
    def shown_origin(self, scenario: Scenario) -> str:
        return called(scenario.origin)


def run(request: Request, *, model_admin: Any, pk: int) -> HttpResponse:
    """Every turn with what was said and what of the expectations was met."""
    scenario = get_object_or_404(Scenario, pk=pk)
    assistant = Assistant.objects.order_by("-is_default", "name").first()
    context: dict[str, Any] = {"assistant": assistant, "turned": [], "failed": ""}
    if assistant is None:
        context["failed"] = gettext("There is no assistant yet. Create one first.")
    else:
        try:
            turned = run_scenario(script_of(scenario), as_served(assistant))
            context |= _ran(turned, len(script_of(scenario).turns or turned))
            context["all_met"] = note_run(scenario, turned)
        except ModelError:
            context["failed"] = gettext("The model failed in the middle of an answer. Try again.")
    whole = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts, "original": scenario, "scenario": scenario, "title": scenario.name,
    }  # fmt: skip
    return render(request, "admin/evaluation/scenario/run.html", whole | context)


def _ran(turned: list[Turned], turns: int) -> dict[str, Any]:
    titles = titles_for(turned)
    shown = [
        {
            "turned": one,
            "html": render_message(one.said),
            "outcome": OUTCOMES.get(one.outcome, one.outcome),
            "checks": worded(one, titles),
        }
        for one in turned
    ]
    return {
        "turned": shown,
        "as_expected": sum(one.met for one in turned),
        "not_run": turns - len(turned),
    }
