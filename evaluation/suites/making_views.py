"""A scenario made of a real conversation: proposed, corrected, kept in a suite."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role, User
from accounts.permissions import role_required
from conversations.inbox.showing import staff
from evaluation.models import Scenario, Suite
from evaluation.reviews.shown import answer_of
from evaluation.runs.begin_choices import REST
from evaluation.script_yaml import LONGEST, from_yaml, to_yaml
from evaluation.scripted import Script
from evaluation.suites.expected_words import EXPECTED
from evaluation.suites.from_conversation import proposed
from evaluation.suites.making import ORIGIN, MadeAlready, made_of, make
from flows.yaml_reading import YamlError

agents_only = role_required(Role.AGENT)  # who may correct an answer makes a scenario of it, too


class MakingForm(forms.Form):
    """`suite` is one that there is, `new_suite` the name of another one."""

    text = forms.CharField(label=gettext_lazy("Scenario"), max_length=LONGEST, strip=False)
    suite = forms.ModelChoiceField(
        label=gettext_lazy("Suite"), queryset=Suite.objects.order_by("name"), required=False,
        empty_label=gettext_lazy("In no suite"),
    )  # fmt: skip
    new_suite = forms.CharField(label=gettext_lazy("… or a new one"), max_length=100, required=False)
    script: Script | None = None

    def clean_text(self) -> str:
        written: str = self.cleaned_data["text"]
        try:
            self.script = from_yaml(written)
        except YamlError as error:
            raise forms.ValidationError(str(error)) from error
        return written


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """`another`: of an answer of which there is a scenario already, one more is to be made."""
    user = staff(request)
    answer = answer_of(user, pk)
    sent = request.method == "POST"
    another = bool((request.POST if sent else request.GET).get("another"))
    form = MakingForm(request.POST) if sent else MakingForm(initial=_initial(answer))
    status = 422 if form.errors else 200
    if sent and form.is_valid() and form.script is not None:
        given = form.cleaned_data
        try:
            scenario = make(
                answer, form.script, author=user, suite=given["suite"],
                new_suite=given["new_suite"].strip(), another=another,
            )  # fmt: skip
            messages.success(request, said(scenario, user))
            return redirect("conversations:conversation", answer.conversation_id)
        except MadeAlready:
            status = 409
    context: dict[str, Any] = {"section": "evaluation", "answer": answer, "form": form, "expected": EXPECTED}
    context |= {"made": made_of(answer), "asks_first": not sent and not another}
    return render(request, "evaluation/suites/make.html", context, status=status)


def said(scenario: Scenario, to: User) -> str:
    """With links for whoever may go there."""
    name, suite = format_html("{}", scenario.name), scenario.suite
    runs = f"{reverse('runs:list')}?suite={suite.pk if suite else REST}"
    linked = to.has_module_perms("evaluation")
    if linked:
        name = _link(reverse("admin:evaluation_scenario_change", args=[scenario.pk]), scenario.name)
    if suite is None:
        told = format_html(_("“{name}” is a scenario now. It is in no suite."), name=name)
    else:
        of_suite = _link(reverse("runs:suite", args=[suite.pk]), suite.name) if linked else suite.name
        told = format_html(
            _("“{name}” is a scenario now, in the suite “{suite}”."), name=name, suite=of_suite
        )
    return format_html("{} {}", told, _link(runs, _("Run scenarios"))) if linked else told


def _link(address: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)


def _initial(answer: Any) -> dict[str, Any]:
    try:
        text = to_yaml(proposed(answer))
    except ValueError:  # nothing was said, or what was said makes no scenario
        text = ""
    last = Scenario.objects.filter(origin=ORIGIN, suite__isnull=False).order_by("-pk").first()
    return {"text": text, "suite": last.suite_id if last else None}
