"""What is filled in on the pages of releases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from assistant.models import Assistant, Release, Serving
from assistant.releases import serving
from assistant.releases.contents import contents_of
from assistant.releases.making import ReleaseError, make
from evaluation.models import ReleasePolicy, Suite

ALL, SHARE = "all", "share"


class MakeForm(forms.Form):
    """`model` in the place of the one for answers that stands in the settings."""

    note = forms.CharField(label=gettext_lazy("What changed"), max_length=300, required=False)
    model = forms.CharField(
        label=gettext_lazy("With another model for answers"), max_length=120, required=False,
        help_text=gettext_lazy("Empty: the one that stands in the settings."),
    )  # fmt: skip

    def make(self, assistant: Assistant, *, by: User) -> Release:
        """Raises ReleaseError."""
        model = self.cleaned_data["model"].strip()
        models = {"answer": model} if model else None
        return make(assistant, note=self.cleaned_data["note"], by=by, models=models)


class PublishForm(forms.Form):
    """`despite` says why, where its suites have not passed."""

    to = forms.ChoiceField(choices=[(ALL, ALL), (SHARE, SHARE)])
    share = forms.IntegerField(min_value=1, max_value=99, required=False)
    despite = forms.CharField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("to") == SHARE and not cleaned.get("share") and "share" not in self.errors:
            self.add_error("share", _("Say to how many of 100 conversations, from 1 to 99."))
        return cleaned

    def publish(self, release: Release, *, by: User) -> Serving:
        """Raises ReleaseError."""
        despite = self.cleaned_data["despite"]
        if self.cleaned_data["to"] == ALL:
            return serving.publish(release, by=by, despite=despite)
        return serving.try_out(release, self.cleaned_data["share"], by=by, despite=despite)

    def told(self) -> str:
        """What is wrong, in one line."""
        names = {"share": _("Share"), "despite": _("Reason"), "to": ""}
        return " ".join(f"{names[key]}: {' '.join(map(str, one))}" for key, one in self.errors.items() if one)


class SettingsForm(forms.Form):
    """`seen` is the signature of the settings as they were compared with what customers get."""

    seen = forms.CharField(max_length=64, required=False)
    despite = forms.CharField(max_length=300, required=False)

    def serve(self, assistant: Assistant, *, by: User) -> Serving:
        """Where rolling back leads to the settings that is what is done: one step back, not one more to go
        back from. Raises ReleaseError."""
        seen, despite = self.cleaned_data["seen"], self.cleaned_data["despite"]
        if seen and seen != contents_of(assistant).signature:
            raise ReleaseError(_("The settings have changed meanwhile: look at what would be different."))
        now = serving.now(assistant)
        if now and now.trial is None and serving.before(assistant) == (True, None):
            return serving.roll_back(assistant, by=by, despite=despite)
        return serving.serve_settings(assistant, by=by, despite=despite)

    def told(self) -> str:
        return " ".join(str(one) for errors in self.errors.values() for one in errors)


class PolicyForm(forms.ModelForm):
    class Meta:
        model = ReleasePolicy
        fields = ["suites", "at_least", "rolls_back"]
        widgets = {"suites": forms.CheckboxSelectMultiple}

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["suites"].queryset = Suite.objects.order_by("name")  # type: ignore[attr-defined]

    def keep(self, assistant: Assistant, *, by: User) -> None:
        before = ReleasePolicy.objects.filter(assistant=assistant).first()
        was = _told(before) if before else {}
        policy = self.save()
        audit.record(audit.Action.CHANGED, policy, by=by, before=was, after=_told(policy))


def policy_form(assistant: Assistant, data: Any = None) -> PolicyForm:
    kept = ReleasePolicy.objects.filter(assistant=assistant).first()
    return PolicyForm(data, instance=kept or ReleasePolicy(assistant=assistant))


def _told(policy: ReleasePolicy) -> dict[str, Any]:
    suites = sorted(policy.suites.values_list("name", flat=True))
    return {"suites": suites, "at_least": policy.at_least, "rolls_back": policy.rolls_back}
