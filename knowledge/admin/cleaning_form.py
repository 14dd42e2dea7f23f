"""The part of a form that says how texts are cleaned: of a new import, and of a source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
)

from knowledge.cleaning.steps import STEPS, usual_steps
from knowledge.cleaning.visible import clean_line
from knowledge.intake.rules import as_stored, rules_of

MOST_LINES = 2_000
LONGEST_LINE = 300
PERSONAL = [
    ("flag", _("Point it out, and leave it to me")),
    ("redact", _("Take it out and say what stood there")),
]


class LinesField(forms.CharField):
    """A list as people write it: one on each line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (clean_line(line) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))[:MOST_LINES]

    def validate(self, value: Any) -> None:
        if any(len(line) > LONGEST_LINE for line in value):
            raise forms.ValidationError(
                _("A line has at most %(most)s characters."), params={"most": LONGEST_LINE}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class CleaningFields(forms.Form):
    steps = forms.MultipleChoiceField(
        label=_("Cleaning"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    personal = forms.ChoiceField(
        label=_("Personal data"),
        choices=PERSONAL,
        initial="flag",
        required=False,
        widget=UnfoldAdminRadioSelectWidget,
        help_text=_("E-mail addresses, telephone numbers, bank accounts, names of the list below."),
    )
    allowed = LinesField(
        label=_("Our own addresses and numbers"),
        help_text=_("They are left alone. One on each line; @example.com stands for all of a domain."),
    )
    names = LinesField(
        label=_("Names to look for"), help_text=_("Of customers or colleagues. One on each line.")
    )

    def __init__(self, *args: Any, stored: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fill(stored or {})

    def _fill(self, stored: dict[str, Any]) -> None:
        rules = rules_of(stored)
        field = self.fields["steps"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(step.name, step.label) for step in STEPS]
        self.initial.setdefault("steps", sorted(rules.steps if stored else usual_steps()))
        self.initial.setdefault("personal", rules.personal)
        self.initial.setdefault("allowed", sorted(rules.allowed))
        self.initial.setdefault("names", sorted(rules.names))

    def cleaning(self) -> dict[str, Any]:
        """The choices as a source keeps them."""
        given = self.cleaned_data
        return as_stored(
            steps=frozenset(given["steps"]),
            personal=given["personal"] or "flag",
            names=given["names"],
            allowed=given["allowed"],
        )
