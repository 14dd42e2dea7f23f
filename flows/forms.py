"""The form of a new flow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from flows.graph import Graph
from flows.models import Flow
from flows.naming import key_from
from flows.starters import EMPTY, STARTERS, begun


class NewFlowForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("What it is about, such as “Return an item”. It can be changed later."),
        widget=forms.TextInput(attrs={"class": "field__control", "autofocus": True}),
    )
    starter = forms.ChoiceField(
        label=_("Begin with"), choices=[(one.key, one.title) for one in STARTERS], initial=EMPTY.key
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        help_text=_("In which your customers are answered. What is missing in one of them is marked."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one language at least.")},
    )

    @classmethod
    def fresh(cls, starter: str) -> NewFlowForm:
        known = {one.key for one in STARTERS}
        languages = [code for code, _name in settings.LANGUAGES]
        return cls(initial={"starter": starter if starter in known else EMPTY.key, "languages": languages})

    def graph(self) -> Graph:
        given: dict[str, Any] = self.cleaned_data
        language = (get_language() or "en").partition("-")[0]
        if language not in given["languages"]:
            language = given["languages"][0]
        taken = set(Flow.objects.values_list("key", flat=True))
        return begun(given["starter"], key=key_from(given["name"], taken=taken), name=given["name"],
                     language=language, languages=given["languages"])  # fmt: skip
