"""What a dataset is to be made of, filled in on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from assistant.models import Assistant
from training.examples import making
from training.examples.asked import Asked
from training.examples.rows import Dataset, Form, Origin

CONTROL = {"class": "field__control"}
USUAL = Asked()
MOST_SEED = 2**31 - 1


def _number(label: Any, least: int, most: int, initial: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=initial, help_text=hint,
        widget=forms.NumberInput(attrs=CONTROL),
    )  # fmt: skip


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={**CONTROL, "type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


class DatasetForm(forms.Form):
    """`single`: the assistant, where there is only one to choose."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120,
        widget=forms.TextInput(attrs={**CONTROL, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give it a name, so that you find it again.")},
    )  # fmt: skip
    assistant = forms.ModelChoiceField(
        label=gettext_lazy("Assistant"), queryset=Assistant.objects.none(), empty_label=None,
        widget=forms.Select(attrs=CONTROL),
        error_messages={
            "required": gettext_lazy("Choose an assistant."),
            "invalid_choice": gettext_lazy("Choose an assistant."),
        },
    )  # fmt: skip
    form = forms.ChoiceField(
        label=pgettext_lazy("a dataset", "Form"),
        choices=Form.choices,
        initial=Form.CHAT,
        widget=forms.RadioSelect,
    )
    origins = forms.MultipleChoiceField(
        label=gettext_lazy("Which answers"), choices=Origin.choices, initial=list(USUAL.origins),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose which answers it is made of.")},
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=settings.LANGUAGES, required=False,
        initial=[code for code, _name in settings.LANGUAGES], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    since = _day(pgettext_lazy("a day", "From"))
    until = _day(pgettext_lazy("a day", "To"))
    held_out = _number(
        gettext_lazy("Held out, in percent"), 0, 50, USUAL.held_out,
        gettext_lazy("Not learned from: it tells afterwards whether the training helped."),
    )  # fmt: skip
    most = _number(
        gettext_lazy("At most of a topic"), 0, 1_000, USUAL.most,
        gettext_lazy("In each language. A topic is the article that is cited first. 0: no limit."),
    )  # fmt: skip
    before = _number(
        gettext_lazy("Messages before the question"), 0, 20, USUAL.before,
        gettext_lazy("They are read, and not learned from."),
    )  # fmt: skip
    seed = _number(
        gettext_lazy("Seed"), 0, MOST_SEED, USUAL.seed,
        gettext_lazy("The same number divides the same examples in the same way."),
    )  # fmt: skip
    supported = forms.BooleanField(
        label=gettext_lazy("Only answers that the articles bear out"), required=False, initial=True,
        help_text=gettext_lazy(
            "Of corrections and of what staff answered. Otherwise a model may learn to say what it has not "
            "read."
        ),
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        assistants = Assistant.objects.order_by("-is_default", "name")
        self.fields["assistant"].queryset = assistants  # type: ignore[attr-defined]  # it is a choice of rows
        self.fields["assistant"].initial = assistants.first()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the first day. Choose a later one."))
        if cleaned.get("form") == Form.PREFERENCE and cleaned.get("origins"):
            self._for_pairs(cleaned)
        return cleaned

    def _for_pairs(self, cleaned: dict[str, Any]) -> None:
        if Origin.CORRECTION not in cleaned["origins"]:
            self.add_error(
                "origins", _("Pairs need a wrong answer beside the right one: choose corrected answers.")
            )

    def ask(self, *, by: User) -> Dataset:
        said = self.cleaned_data
        chosen = tuple(said["languages"])
        asked = Asked(
            origins=tuple(said["origins"]),
            languages=chosen if len(chosen) < len(settings.LANGUAGES) else (),
            since=_as_day(said["since"]), until=_as_day(said["until"]),
            held_out=said["held_out"], most=said["most"], before=said["before"],
            supported=said["supported"], seed=said["seed"],
        )  # fmt: skip
        return making.ask(said["name"], said["form"], said["assistant"], asked, by=by)


def _as_day(value: Any) -> date | None:
    return value if isinstance(value, date) else None
