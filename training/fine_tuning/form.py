"""What is to be learned from, by which model, and how: the form that begins a fine-tuning."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.examples.rows import Dataset, Form
from training.fine_tuning.beginning import Plan, Wish
from training.fine_tuning.rows import FineTuning


def _finite(value: float) -> None:
    if not math.isfinite(value):
        raise ValidationError(_("Write a number."))


class TuningForm(forms.Form):
    dataset = forms.ModelChoiceField(
        label=gettext_lazy("Dataset"), queryset=Dataset.objects.none(), empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("Choose a dataset that is ready.")},
    )  # fmt: skip
    model = forms.CharField(
        label=gettext_lazy("Base model"), max_length=200,
        validators=[RegexValidator(r"^\S+$", gettext_lazy("The name of a model has no spaces."))],
        error_messages={"required": gettext_lazy("Name the model that is to learn.")},
    )  # fmt: skip
    n_epochs = forms.IntegerField(
        label=gettext_lazy("How often it goes through the examples"), required=False,
        min_value=1, max_value=50,
    )  # fmt: skip
    batch_size = forms.IntegerField(
        label=gettext_lazy("Examples at a time"), required=False, min_value=1, max_value=4096
    )
    learning_rate_multiplier = forms.FloatField(
        label=gettext_lazy("Learning rate, times"), required=False,
        validators=[_finite, MinValueValidator(0.0001), MaxValueValidator(100)],
    )  # fmt: skip
    beta = forms.FloatField(
        label=gettext_lazy("Beta: how close it stays to what it was (pairs alone)"), required=False,
        validators=[_finite, MinValueValidator(0.0001), MaxValueValidator(10)],
    )  # fmt: skip
    suffix = forms.CharField(
        label=gettext_lazy("Part of the new model’s name"), max_length=40, required=False,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9][A-Za-z0-9_-]*$", gettext_lazy("Letters, digits, hyphens and underscores.")
            )
        ],
    )  # fmt: skip
    seed = forms.IntegerField(label=gettext_lazy("Seed"), required=False, min_value=0, max_value=2**31 - 1)
    previous = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        ready = Dataset.objects.filter(state=Dataset.State.READY).defer("card", "figures", "asked")
        self.fields["dataset"].queryset = ready  # type: ignore[attr-defined]  # it chooses among rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        dataset = cleaned.get("dataset")
        if dataset is not None and dataset.form != Form.PREFERENCE and cleaned.get("beta") is not None:
            self.add_error("beta", _("Beta is for pairs, and this dataset has none. Leave it empty."))
        return cleaned

    def wish(self) -> Wish:
        """What a form that is valid asks for."""
        given = self.cleaned_data
        names = ("n_epochs", "batch_size", "learning_rate_multiplier", "beta")
        chosen = {name: given[name] for name in names if given[name] is not None}
        previous = FineTuning.objects.filter(pk=given["previous"] or 0).first()
        return Wish(given["dataset"], given["model"], chosen, given["suffix"], given["seed"], previous)


def initial_of(row: FineTuning) -> dict[str, Any]:
    """To try again with what was asked for."""
    same = {"model": row.base_model, "suffix": row.suffix, "seed": row.seed, "previous": row.pk}
    return {"dataset": row.dataset_id, **same, **row.hyperparameters}


def seal_of(plan: Plan) -> str:
    """What somebody confirms is this, and not what it has become since."""
    return f"{plan.host} {plan.texts} {plan.row.signature}"
