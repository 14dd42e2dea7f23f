"""The form of a scenario: its YAML, read at once, with the line of what is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from evaluation.models import Scenario
from evaluation.scenarios import script_of
from evaluation.script_yaml import EXAMPLE, LONGEST, from_yaml, to_yaml
from evaluation.scripted import Script
from flows.yaml_reading import YamlError


class ScenarioForm(forms.ModelForm):
    text = forms.CharField(
        label=_("Scenario"),
        max_length=LONGEST,
        strip=False,
        widget=UnfoldAdminTextareaWidget(
            attrs={"rows": 26, "spellcheck": "false", "class": "scenario-yaml", "wrap": "off"}
        ),
        help_text=_(
            "YAML. What may be expected of each answer: says, says_not, matches, means, cites, cites_one, "
            "offers, flow, at, ends, slots, actions, called, outcome, handoff, language, within, costs, "
            "rubric. {…} in a text stands for any words, {today+3} for a day. A form is filled in with "
            "“form:” in the place of “customer:”, and below it each field by its name."
        ),
    )

    class Meta:
        model = Scenario
        fields = ["suite", "enabled"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.script: Script | None = None
        new = self.instance.pk is None
        self.fields["text"].initial = EXAMPLE if new else to_yaml(script_of(self.instance))

    def clean_text(self) -> str:
        written: str = self.cleaned_data["text"]
        try:
            self.script = from_yaml(written)
        except YamlError as error:
            raise forms.ValidationError(str(error)) from error
        return written
