"""The page of standard words: one language at a time, each text beside what is delivered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.permissions import role_required
from flows import standard_words as words
from flows.models import StandardWord
from flows.receiving import editor_of

MISSING = gettext_lazy("Write something here, or take the delivered words back.")


class StandardWordsForm(forms.Form):
    """A field for each text, in one language."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        for name in words.NAMES:
            self.fields[name] = _WordField(name, language)


class _WordField(forms.CharField):
    def __init__(self, name: str, language: str) -> None:
        self.name, self.language = name, language
        attributes = {"class": "field__control", "lang": language}
        super().__init__(
            max_length=StandardWord._meta.get_field("text").max_length,
            error_messages={"required": MISSING},
            widget=forms.TextInput(attrs=attributes),
            show_hidden_initial=True,  # what this editor saw: what somebody else has changed since stays
        )

    def clean(self, value: Any) -> str:
        text = " ".join(str(super().clean(value)).split())
        unknown, missing = words.wrong_placeholders(text, self.name, self.language)
        if unknown:
            told = _("“%(name)s” stands for nothing in this text. Take it out.")
            raise forms.ValidationError(told % {"name": unknown[0]})
        if missing:
            told = _("“%(name)s” is missing. What it stands for belongs into this text.")
            raise forms.ValidationError(told % {"name": missing[0]})
        return text


@role_required(Role.EDITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def standard_words(request: HttpRequest) -> HttpResponse:
    """A post keeps what was changed on the page, with one text as delivered where its button was pressed."""
    language = _language(request)
    initial = words.current(language)
    data = _with_one_back(request, language) if request.method == "POST" else None
    form = StandardWordsForm(data, initial=initial, language=language)
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        number = words.save(language, changed, author=editor_of(request))
        messages.success(request, _saved(number))
        return redirect(f"{reverse('flows:words')}?language={language}")
    context = {"section": "flows", "room": "words", "form": form, "groups": _groups(form, initial),
               "languages": settings.LANGUAGES, "language": language}  # fmt: skip
    return render(request, "flows/standard_words.html", context)


def _saved(number: int) -> str:
    if not number:
        return _("Nothing has changed.")
    saved = ngettext("%(number)d text is saved.", "%(number)d texts are saved.", number)
    return saved % {"number": number} + " " + _("The assistant says it so from now on.")


def _language(request: HttpRequest) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    asked = request.GET.get("language", request.LANGUAGE_CODE)
    return asked if asked in codes else codes[0]


def _with_one_back(request: HttpRequest, language: str) -> Any:
    data = request.POST.copy()
    if (name := data.get("back", "")) in words.NAMES:
        data[name] = words.as_delivered(name, language)
    return data


def _groups(form: StandardWordsForm, initial: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"title": title, "rows": [_row(form, name, when, initial) for name, when in names.items()]}
        for title, names in words.GROUPS
    ]


def _row(form: StandardWordsForm, name: str, when: Any, initial: dict[str, str]) -> dict[str, Any]:
    delivered = words.as_delivered(name, form.language)
    return {"field": form[name], "when": when, "delivered": delivered, "changed": initial[name] != delivered}
