"""Trying a row on its page, as it is written there and before it is saved: whether it would hold, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.bookings.opening import is_open
from assistant.guidance import words
from assistant.guidance.breaches import Breach, breach_in
from assistant.guidance.conditions import Facts
from assistant.guidance.form import GuidanceForm
from assistant.guidance.held import Checked, Held, Judged, Kind, Row
from assistant.guidance.judging import judge_all
from assistant.guidance.rows import Guidance
from assistant.models import Assistant
from assistant.own_models import models_of
from knowledge.admin.people import key_of
from knowledge.language import detect_language
from llm.choosing import answering_models
from llm.clients import own_loop

TIMES = [("", _("now")), ("open", _("during opening hours")), ("closed", _("outside opening hours"))]


class TryForm(forms.Form):
    prefix = "try"
    question = forms.CharField(label=_("A customer’s question"), max_length=settings.MESSAGE_MAX_CHARACTERS)
    answer = forms.CharField(label=_("An answer to check, for guardrails"), required=False, max_length=4_000)
    signed_in = forms.BooleanField(label=_("The customer has signed in"), required=False)
    time = forms.ChoiceField(label=_("Time of the question"), choices=TIMES, required=False)

    def facts(self) -> Facts:
        data = self.cleaned_data
        known = [code for code, _name in settings.LANGUAGES]
        opened = is_open(timezone.now()) if not data["time"] else data["time"] == "open"
        language = detect_language(data["question"], known, known[0])
        return Facts(data["question"], language, data["signed_in"], opened)


@dataclass(frozen=True)
class Tried:
    judged: Judged
    breach: Breach | None
    would: str

    @property
    def checks(self) -> list[tuple[str, str, bool]]:
        """What each condition is about, what came of it, and whether it is met."""
        return [(str(words.CONDITIONS[one.name]), _said(one), one.met) for one in self.judged.checks]

    @property
    def breach_words(self) -> str:
        broken = self.breach
        return words.why({"line": broken.line, "by": broken.by, "score": broken.score}) if broken else ""


def try_row(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """A row as it stands in its form, or as it is saved where only its key came."""
    asked = TryForm(request.POST)
    form = GuidanceForm(request.POST) if "kind" in request.POST else None
    context: dict[str, Any] = {"errors": _errors(asked, form)}
    if not context["errors"]:
        row = form.instance if form else get_object_or_404(Guidance, pk=key_of(request.POST.get("row", "")))
        answer = asked.cleaned_data["answer"]
        context["tried"] = _tried(row.as_row(), asked.facts(), answer, row.assistant)
        context["asked_answer"] = answer
    if request.headers.get("HX-Request"):
        return render(request, "assistant/guidance/tried.html", context)
    whole = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": gettext("Try it"),
    }
    return render(request, "assistant/guidance/try_page.html", whole | context)


def _errors(*forms_: forms.BaseForm | None) -> list[str]:
    found = []
    for form in forms_:
        if form is not None and not form.is_valid():
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                found += [f"{label}: {error}" if label else str(error) for error in errors]
    return found


def _tried(row: Row, facts: Facts, answer: str, assistant: Assistant | None) -> Tried:
    with own_loop() as runner:
        [judged] = runner.run(judge_all([row], facts))
        held = Held((judged,), facts.language)
        checked = answer if row.kind is Kind.GUARDRAIL else ""
        breach = runner.run(breach_in(checked, held)) if checked and judged.holds else None
    return Tried(judged, breach, _would(row, facts, assistant))


def _would(row: Row, facts: Facts, assistant: Assistant | None) -> str:
    """What came of it if it held."""
    said = row.words.get(facts.language)
    if row.refuses:
        return gettext("Nothing would be answered: the customer would read its words.")
    if row.kind is Kind.RULE and said:
        return gettext("Its words would be said beside the answer.")
    if row.kind in (Kind.TONE, Kind.RULE) and not has_model(assistant):
        return gettext("It needs a model, and there is none: nothing would come of it.")
    return str(words.WOULD[row.kind])


def has_model(assistant: Assistant | None) -> bool:
    return bool(answering_models(models_of(assistant) if assistant else None))


def _said(check: Checked) -> str:
    if check.name != "about":
        return ""
    known = {"line": check.line, "by": check.by, "score": check.score, "bar": check.bar}
    return words.why(known) or gettext("none of its words")
