"""A text in each language, as a field of the form for each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language_info
from unfold.widgets import UnfoldAdminTextInputWidget

LONGEST = 200
# As it stands within a label.
named = lazy(lambda code: str(get_language_info(code)["name_translated"]), str)


def fields_of(text: str, label: Any) -> dict[str, forms.CharField]:
    """ "names" → `names_en`, `names_fr`."""
    return {
        f"{text}_{code}": forms.CharField(
            label=format_lazy("{} ({})", label, named(code)),
            required=False,
            max_length=LONGEST,
            widget=UnfoldAdminTextInputWidget,
        )
        for code, _language in settings.LANGUAGES
    }


def names_of(text: str) -> list[str]:
    return [f"{text}_{code}" for code, _language in settings.LANGUAGES]


def fill_in(form: forms.ModelForm, text: str) -> None:
    kept = getattr(form.instance, text) or {}
    for code, _language in settings.LANGUAGES:
        form.initial[f"{text}_{code}"] = kept.get(code, "")


def take(form: forms.ModelForm, text: str) -> dict[str, str]:
    """Texts of languages that are no longer offered stay."""
    kept = dict(getattr(form.instance, text) or {})
    said = {
        code: form.cleaned_data.get(f"{text}_{code}", "").strip() for code, _language in settings.LANGUAGES
    }
    return {code: words for code, words in (kept | said).items() if words}
