"""The form of the questions before the chat: what is missing or cannot work is said beside its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from assistant.introduction.asked import OF_THE_CUSTOMER, Kind
from assistant.introduction.rows import MOST, IntroductionQuestion
from assistant.models import Assistant
from assistant.phrases import name_of_language
from flows.naming import key_from

LONGEST_LABEL = 200
LONGEST_OPTION = 120
MOST_OPTIONS = 20
CODES = tuple(code for code, _name in settings.LANGUAGES)


def name_of(code: str) -> str:
    return name_of_language(code, get_language() or code)


def lines_of(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := " ".join(one.split()))]


class IntroductionForm(forms.ModelForm):
    class Meta:
        model = IntroductionQuestion
        fields = ["kind", "required", "key", "position"]
        help_texts = {
            "key": _(
                "Names the answer in exports, and is the slot of flows that takes it. Empty: made of the "
                "question. Name and e-mail have their own."
            ),
        }

    def __init__(self, *args: Any, assistant: Assistant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assistant = assistant
        for code in CODES:
            language = {"language": name_of(code)}
            self.fields[f"label_{code}"].label = gettext("Question in %(language)s") % language
            self.fields[f"options_{code}"].label = gettext("Options in %(language)s") % language
            self.initial[f"label_{code}"] = self.instance.label.get(code, "")
            self.initial[f"options_{code}"] = "\n".join(self.instance.options.get(code, ()))
        self.fields[f"label_{self.first}"].help_text = _("Name and e-mail need no words of their own.")
        self.fields[f"options_{self.first}"].help_text = _("Only of “One of several”: one per line.")

    @property
    def first(self) -> str:
        """The first language of the assistant, as it is chosen in the same form."""
        return next(iter(self.assistant.languages), CODES[0])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.options = {code: lines_of(data.get(f"options_{code}", "")) for code in CODES}
        kind = data.get("kind")
        if kind not in OF_THE_CUSTOMER:
            self._check_words(data)
        if kind == Kind.CHOICE:
            self._check_options()
        else:
            self._check_that_there_are_no_options()
        return data

    def _check_words(self, data: dict[str, Any]) -> None:
        name = f"label_{self.first}"
        if not data.get(name) and not self.has_error(name):
            words = _("Write the question in %(language)s, the first language of the assistant.")
            self._refuse(name, words, language=name_of(self.first))
        if data.get("key") in OF_THE_CUSTOMER:
            self.add_error("key", _("This is the key of the kind “Name” or “E-mail”. Choose another one."))

    def _check_options(self) -> None:
        wanted = self.options[self.first]
        if not wanted:
            words = _("Write the options in %(language)s, one per line.")
            self._refuse(f"options_{self.first}", words, language=name_of(self.first))
        for code, lines in self.options.items():
            self._check_lines(f"options_{code}", lines)
            if wanted and lines and len(lines) != len(wanted):
                words = _(
                    "%(first)s has %(wanted)s options and %(language)s %(found)s. Write the same options, in "
                    "the same order."
                )
                facts = {"first": name_of(self.first), "language": name_of(code)}
                self._refuse(f"options_{code}", words, wanted=len(wanted), found=len(lines), **facts)

    def _check_lines(self, name: str, lines: list[str]) -> None:
        if len(lines) > MOST_OPTIONS:
            self._refuse(name, _("At most %(n)d options."), n=MOST_OPTIONS)
        for line in lines:
            if len(line) > LONGEST_OPTION:
                words = _("“%(line)s…” is too long: at most %(n)d characters.")
                self._refuse(name, words, line=line[:40], n=LONGEST_OPTION)
        if twice := next((line for line in lines if lines.count(line) > 1), ""):
            self._refuse(name, _("“%(line)s” stands there twice."), line=twice)

    def _check_that_there_are_no_options(self) -> None:
        for code, lines in self.options.items():
            if lines:
                words = _("Only “One of several” has options. Empty this, or choose that kind.")
                self._refuse(f"options_{code}", words)

    def _refuse(self, name: str, words: Any, **facts: Any) -> None:
        self.add_error(name, forms.ValidationError(words, params=facts))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out what Django calls between fields and row
        said = {code: self.cleaned_data.get(f"label_{code}", "") for code in CODES}
        self.instance.label = {code: text for code, text in said.items() if text}
        self.instance.options = {code: lines for code, lines in self.options.items() if lines}
        if self.instance.is_about_the_customer:
            self.instance.key = self.instance.kind


# An empty field of options is told by its placeholder (static/assistant/introduction.css).
for _code in CODES:
    _fields = {
        f"label_{_code}": forms.CharField(
            required=False, max_length=LONGEST_LABEL, widget=UnfoldAdminTextInputWidget(attrs={"lang": _code})
        ),
        f"options_{_code}": forms.CharField(
            required=False,
            widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "lang": _code, "placeholder": " "}),
        ),
    }
    IntroductionForm.declared_fields |= _fields
    IntroductionForm.base_fields |= _fields


class IntroductionFormSet(PaginationInlineFormSet):
    """What no question says alone: how many there are, that none is asked twice, what each is called."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "assistant": self.instance}

    def clean(self) -> None:
        rows = [form for form in self.forms if self._is_kept(form)]
        if len(rows) > MOST:
            words = _("At most %(n)d questions: each one more keeps customers from asking theirs.")
            raise forms.ValidationError(words, params={"n": MOST})
        taken: set[str] = {kind.value for kind in OF_THE_CUSTOMER}
        known: set[str] = set()
        for form in rows:
            key = form.instance.key
            if key and key in known:
                self._refuse_twice(form)
            known.add(key)
        for form in rows:
            if not form.instance.key:
                words = form.cleaned_data.get(f"label_{form.first}", "")
                form.instance.key = key_from(words, taken=taken | known)
                known.add(form.instance.key)

    def _is_kept(self, form: Any) -> bool:
        """Neither deleted nor left as it came."""
        gone = self.can_delete and self._should_delete_form(form)
        return not gone and (form.has_changed() or bool(form.instance.pk)) and hasattr(form, "cleaned_data")

    def _refuse_twice(self, form: Any) -> None:
        if form.instance.is_about_the_customer:
            form.add_error("kind", _("Another question is of this kind already: it is asked once."))
        else:
            form.add_error("key", _("Another question has this key already. Choose another one."))
