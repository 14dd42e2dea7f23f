"""A scenario made of a real conversation: proposed, corrected, kept in a suite."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox.showing import staff
from evaluation.models import Scenario, Suite
from evaluation.reviews.shown import answer_of
from evaluation.scenarios import keep
from evaluation.script_yaml import LONGEST, from_yaml, to_yaml
from evaluation.scripted import Script
from evaluation.suites.from_conversation import proposed
from flows.yaml_reading import YamlError

agents_only = role_required(Role.AGENT)  # who may correct an answer makes a scenario of it, too
ORIGIN = "conversation"


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

    def chosen(self) -> Suite | None:
        if name := self.cleaned_data["new_suite"].strip():
            return Suite.objects.get_or_create(name=name)[0]
        suite: Suite | None = self.cleaned_data["suite"]
        return suite


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, pk: int) -> HttpResponse:
    user = staff(request)
    answer = answer_of(user, pk)
    form = MakingForm(request.POST) if request.method == "POST" else MakingForm(initial=_initial(answer))
    if request.method == "POST" and form.is_valid() and form.script is not None:
        scenario = keep(Scenario(suite=form.chosen(), origin=ORIGIN), form.script, author=user)
        told = _("“%(name)s” is a scenario now: you find it under “Evaluation”.")
        messages.success(request, told % {"name": scenario.name})
        return redirect("conversations:conversation", answer.conversation_id)
    context: dict[str, Any] = {"section": "evaluation", "answer": answer, "form": form}
    return render(request, "evaluation/suites/make.html", context, status=422 if form.errors else 200)


def _initial(answer: Any) -> dict[str, Any]:
    try:
        text = to_yaml(proposed(answer))
    except ValueError:  # nothing was said, or what was said makes no scenario
        text = ""
    last = Scenario.objects.filter(origin=ORIGIN, suite__isnull=False).order_by("-pk").first()
    return {"text": text, "suite": last.suite_id if last else None}
