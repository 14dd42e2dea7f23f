"""The form of a row of guidance: what is missing or cannot work is said beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from assistant.guidance.held import Kind
from assistant.guidance.phrases import is_too_short, lines_of
from assistant.guidance.rows import LONGEST_TEXT, Guidance

MOST_LINES = 30
LONGEST_LINE = 150
LONGEST_WORDS = 1_000
ANY = {"language": _("any language"), "hours": _("at any time"), "who": _("everybody")}
LINES = ("about", "forbidden", "topics")
NAMES = tuple(f"words_{code}" for code, _language in settings.LANGUAGES)


class GuidanceForm(forms.ModelForm):
    class Meta:
        model = Guidance
        fields = [
            "assistant", "kind", "text", "enabled", "position", "about", "by_meaning", "language", "hours",
            "who", "forbidden", "topics",
        ]  # fmt: skip
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 2, "maxlength": LONGEST_TEXT})}
        help_texts = {
            "text": _(
                "A tone: “Address customers informally.” A rule: “When someone asks about Corsica, say that "
                "delivery takes two days more.” A guardrail: “Never promise a refund.” An escalation: why a "
                "person is wanted; the team reads it."
            ),
            "about": _("Words or short phrases, one per line, in any language. Empty: always."),
            "by_meaning": _(
                "Also in another language, and without any of the words. Try it below before you switch it "
                "on."
            ),
            "hours": _("As set under “Opening hours”. Where none are set, it never holds."),
            "forbidden": _(
                "One per line. An answer with one of them is not sent. A star stands for any ending: guarant*"
            ),
            "topics": _("One per line. An answer is not sent if one of its sentences is about one of them."),
            "position": _("Rows are looked at in this order; of two escalations the first counts."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _language in settings.LANGUAGES:
            field = self.fields[f"words_{code}"]
            field.initial = self.instance.words.get(code, "")
            language = get_language_info(code)["name_translated"]
            field.label = gettext("What is said, in %(language)s") % {"language": language}
        for name in LINES:
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 5
        for name, words in ANY.items():
            choices = self.fields[name].widget.choices
            self.fields[name].widget.choices = [("", words), *list(choices)[1:]]

    def clean_about(self) -> str:
        return self._lines("about")

    def clean_forbidden(self) -> str:
        return self._lines("forbidden")

    def clean_topics(self) -> str:
        return self._lines("topics")

    def _lines(self, name: str) -> str:
        lines = lines_of(self.cleaned_data[name])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(n)d lines."), params={"n": MOST_LINES})
        for line in lines:
            if len(line) > LONGEST_LINE:
                raise forms.ValidationError(
                    _("“%(line)s…” is too long: a line is a few words, at most %(n)d characters."),
                    params={"line": line[:40], "n": LONGEST_LINE},
                )
            if is_too_short(line):
                raise forms.ValidationError(
                    _("“%(line)s” says too little: write a word, or three letters before a star."),
                    params={"line": line},
                )
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        conditions = any(data.get(name) for name in ("about", "language", "hours", "who"))
        if kind == Kind.ESCALATION and not conditions and not self.has_error("about"):
            self.add_error("about", _("Say when: without a condition every message would go to a person."))
        if kind == Kind.GUARDRAIL and not any(data.get(name) for name in LINES) and not self._is_unread():
            self.add_error(
                "forbidden",
                _("Say what must not be said: words, a topic, or above what nothing may be answered about."),
            )
        return data

    def _is_unread(self) -> bool:
        """A line was refused: what is missing is not asked for twice."""
        return any(self.has_error(name) for name in LINES)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out what Django calls between fields and row
        said = {code: self.cleaned_data.get(f"words_{code}", "") for code, _name in settings.LANGUAGES}
        self.instance.words = {code: text for code, text in said.items() if text}


for _code, _language in settings.LANGUAGES:
    _words = forms.CharField(
        required=False, max_length=LONGEST_WORDS,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": _code}),
    )  # fmt: skip
    GuidanceForm.declared_fields[f"words_{_code}"] = GuidanceForm.base_fields[f"words_{_code}"] = _words
