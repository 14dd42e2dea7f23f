"""What is to be run, filled in on the page of runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistant.models import Assistant, Release
from evaluation.models import Run, Scenario, Suite
from evaluation.runs import asking
from evaluation.runs import begin_choices as offers
from evaluation.runs.asking import Wanted, wanted_of
from evaluation.runs.begin_choices import REST
from evaluation.runs.rows import CUSTOMERS, RULES
from evaluation.runs.sides import CALLED, Side

SIDES = (("version", ""), ("against", "other_"))  # the fields of each, and how the names of the others begin
TIMES = (1, 3, 5, 10)
VERSIONS = [
    *CALLED.items(),
    ("release", gettext_lazy("A release")),
    ("drafts", gettext_lazy("Drafts of flows")),
    ("model", gettext_lazy("Another model")),
]


EARLIER = ("run", gettext_lazy("What came of an earlier run"))


class BeginForm(forms.Form):
    """`against` is the first side, which the other one is compared with; without it there is one side."""

    suites = forms.MultipleChoiceField(
        label=gettext_lazy("Suites"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a suite.")},
    )  # fmt: skip
    assistant = forms.TypedChoiceField(label=gettext_lazy("Assistant"), coerce=int)
    version = forms.ChoiceField(label=gettext_lazy("Version"), choices=VERSIONS, initial="present")
    release = forms.TypedChoiceField(label=gettext_lazy("Which one"), coerce=int, required=False)
    model = forms.CharField(label=gettext_lazy("Model"), max_length=120, required=False)
    against = forms.ChoiceField(
        label=gettext_lazy("Compared with"),
        choices=[("", gettext_lazy("Nothing")), *VERSIONS, EARLIER],
        required=False,
    )
    other_release = forms.TypedChoiceField(label=gettext_lazy("Which one"), coerce=int, required=False)
    other_model = forms.CharField(label=gettext_lazy("Model"), max_length=120, required=False)
    run = forms.TypedChoiceField(label=gettext_lazy("Which one"), coerce=int, required=False)
    times = forms.TypedChoiceField(
        label=gettext_lazy("How often each"), choices=[(one, one) for one in TIMES], coerce=int, initial=1,
        help_text=gettext_lazy("A model answers differently each time: three or more tell how steady it is."),
    )  # fmt: skip
    judge = forms.ChoiceField(
        label=gettext_lazy("Judge"),
        required=False,
        help_text=gettext_lazy(
            "A judge reads each answer afterwards: is it grounded, helpful, coherent, in the right tone? "
            "What is expected stays what decides."
        ),
    )  # fmt: skip
    customers = forms.ChoiceField(
        label=gettext_lazy("Customers with a goal"), choices=CUSTOMERS, initial=RULES, required=False
    )

    def __init__(
        self,
        *given: Any,
        suite: str = "",
        candidate: str = "",
        release: Release | None = None,
        by: User | None = None,
        **more: Any,
    ) -> None:
        """`suite` is the only one that is chosen at first; otherwise see `ticked`. `candidate` is a model
        that is to be compared with what customers get, `release` is one. What there is nothing of is not
        offered, but understood: whoever sends it is told why."""
        super().__init__(*given, **more)
        if candidate:
            self.initial = {"version": "model", "model": candidate[:120], "against": "present"}
        if release is not None:
            self.initial = {
                "version": "release", "release": release.number, "against": "present",
                "assistant": release.assistant_id,
            }  # fmt: skip
        suites, releases, runs = offers.suites(), offers.releases(), offers.runs()
        choices = {"suites": suites, "assistant": offers.assistants(), "run": runs, "release": releases}
        choices |= {"other_release": releases, "judge": offers.judges()}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # all are choices
        known = [value for value, _words in suites]
        self.fields["suites"].initial = [suite] if suite in known else offers.ticked(by, known)
        self._offer(offers.here(releases, runs), candidate)

    def _offer(self, here: offers.Here, candidate: str) -> None:
        """`missing` says what is left out. A model that was trained for it is offered in any case."""
        self.missing, shown = here.missing(), here.versions() | ({"model"} if candidate else set())
        for name in ("version", "against"):
            field: Any = self.fields[name]  # a choice
            shown_here = shown | {str(self[name].value() or "")}
            field.widget.choices = [one for one in field.choices if one[0] in shown_here]
        self.offers_models = here.models

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for version, prefix in SIDES:
            if cleaned.get(version) == "model" and not cleaned.get(f"{prefix}model", "").strip():
                self.add_error(f"{prefix}model", _("Name the model."))
            if cleaned.get(version) == "release" and not cleaned.get(f"{prefix}release"):
                self.add_error(f"{prefix}release", _("There is no release yet."))
        if cleaned.get("against") == "run" and not cleaned.get("run"):
            self.add_error("run", _("There is no run yet that is over."))
        if cleaned.get("against") and self._side(*SIDES[0]) == self._side(*SIDES[1]):
            self.add_error(
                "against", _("Both are the same. Choose another version, or compare with nothing.")
            )
        return cleaned

    def _side(self, version: str, prefix: str) -> str:
        chosen = self.cleaned_data.get(version, "")
        if chosen in ("run", "release"):
            name = chosen if chosen == "run" else f"{prefix}release"
            return f"{chosen}:{self.cleaned_data.get(name) or 0}"
        return f"model:{self.cleaned_data.get(f'{prefix}model', '').strip()}" if chosen == "model" else chosen

    def ask(self, *, by: User) -> Run:
        """Raises Unclear or NoSuchSide."""
        sides = [self._side(*SIDES[0])]
        if self.cleaned_data["against"]:
            sides.insert(0, self._side(*SIDES[1]))
        wanted, names = self._wanted()
        return asking.ask(
            wanted,
            Assistant.objects.get(pk=self.cleaned_data["assistant"]),
            [Side.read(one) for one in sides],
            by=by,
            suites=names,
            times=self.cleaned_data["times"],
            judge=self.cleaned_data["judge"],
            customers=self.cleaned_data["customers"] or RULES,
        )

    def _wanted(self) -> tuple[list[Wanted], list[str]]:
        chosen = self.cleaned_data["suites"]
        kept = [int(one) for one in chosen if one != REST]
        within = Q(suite__in=kept) | (Q(suite=None) if REST in chosen else Q())
        rows = Scenario.objects.filter(within, enabled=True).select_related("suite")
        names = list(Suite.objects.filter(pk__in=kept).order_by("name").values_list("name", flat=True))
        return wanted_of(list(rows.order_by("suite__name", "name", "pk"))), names
