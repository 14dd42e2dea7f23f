"""The form in which an answer is put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from assistant.events import Outcome
from assistant.guidance.rows import LONGEST_TEXT
from assistant.phrases import name_of_language
from evaluation.corrections.correcting import Put, facts_of, may_publish
from evaluation.corrections.rows import Cause
from evaluation.reviews.rows import Verdict
from evaluation.scripted import MOST_LINES
from knowledge.cleaning.visible import clean_line, clean_markdown
from knowledge.language import detect_language
from knowledge.models import Document

CONTROL = {"class": "field__control", "autocomplete": "off"}
OUTCOMES = (
    (Outcome.ANSWERED.value, gettext_lazy("Answer it")),
    (Outcome.HANDOFF.value, gettext_lazy("Bring in a person")),
    (Outcome.DECLINED.value, gettext_lazy("Say that it cannot answer this")),
    (Outcome.GUIDED.value, gettext_lazy("Lead through a flow")),
)
WRONG = [choice for choice in Verdict.choices if choice[0] != Verdict.RIGHT]
LONGEST_QUESTION = 4000
LONGEST_ANSWER = 20_000  # it is shown in a chat
TELLING = 8  # words, from which the language of an answer is sure enough to refuse another one


class CorrectionForm(forms.Form):
    """`articles` and `steps` of what the answer used, as (value, label); `before`: what was said earlier."""

    use_required_attribute = False

    question = forms.CharField(
        label=gettext_lazy("What was asked"), max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 2}),
        help_text=gettext_lazy("Without names or numbers of customers: it becomes a test that others read."),
    )  # fmt: skip
    with_before = forms.BooleanField(required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("What was wrong"), choices=WRONG, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What the assistant should do"), choices=OUTCOMES, widget=forms.RadioSelect,
        initial=Outcome.ANSWERED.value,
    )  # fmt: skip
    right_answer = forms.CharField(
        label=gettext_lazy("The right answer"), max_length=LONGEST_ANSWER, required=False,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 6}),
        help_text=gettext_lazy(
            "As the customer should read it, the point first. Whoever complained is shown it in the end."
        ),
    )  # fmt: skip
    facts = forms.CharField(
        label=gettext_lazy("What must not be missing"), max_length=LONGEST_QUESTION, required=False,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 2}),
        help_text=gettext_lazy(
            "One statement per line. Left empty, it is the first sentence of the right answer. Other words "
            "will do; figures and names have to be the same. Where nothing is looked for, only what the "
            "assistant does is checked, and not what it says."
        ),
    )  # fmt: skip
    cause = forms.ChoiceField(
        label=gettext_lazy("Where it is to be put right"), choices=Cause.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the article"), max_length=300, required=False,
        widget=forms.TextInput(attrs=CONTROL),
    )  # fmt: skip
    document = forms.ChoiceField(
        label=gettext_lazy("Which article"), required=False, widget=forms.Select(attrs=CONTROL)
    )
    rule = forms.CharField(
        label=gettext_lazy("The rule, in plain words"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 2}),
        help_text=gettext_lazy("It is kept switched off until an editor has tried it."),
    )  # fmt: skip
    step = forms.ChoiceField(
        label=gettext_lazy("Which step"), required=False, widget=forms.Select(attrs=CONTROL)
    )
    remark = forms.CharField(
        label=gettext_lazy("For your colleagues"), max_length=2000, required=False,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 2}),
    )  # fmt: skip

    def __init__(
        self,
        *given: Any,
        user: User,
        language: str,
        articles: list[tuple[str, str]],
        steps: list[tuple[str, str]],
        before: list[str],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.user, self.language, self.before = user, language, before
        fields: dict[str, Any] = self.fields
        fields["document"].choices = [("", _("Choose an article")), *articles]
        fields["step"].choices = [("", _("Choose a step")), *steps]
        fields["right_answer"].widget.attrs["lang"] = language
        for name in ("question", "right_answer", "facts", "rule", "remark"):
            fields[name].widget.attrs.pop("maxlength", None)  # nothing is cut off unsaid

    def clean_question(self) -> str:
        return _said(clean_markdown(self.cleaned_data["question"]))

    def clean_right_answer(self) -> str:
        answer = clean_markdown(self.cleaned_data["right_answer"])
        known = [code for code, _name in settings.LANGUAGES]
        written = detect_language(answer, known, self.language)
        here = get_language() or self.language
        told_apart = self.language in known and len(answer.split()) >= TELLING
        if told_apart and written != self.language:
            raise forms.ValidationError(
                _(
                    "The customer wrote in %(theirs)s, and this reads as %(written)s. Write it in "
                    "%(theirs)s: it is shown to them, and what the assistant says is compared with it."
                )
                % {
                    "theirs": name_of_language(self.language, here),
                    "written": name_of_language(written, here),
                }
            )
        return answer

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_facts(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["facts"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("No more than %(most)s lines.") % {"most": MOST_LINES})
        return lines

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        outcome, cause = said.get("outcome"), said.get("cause")
        if outcome == Outcome.ANSWERED and not said.get("right_answer") and "right_answer" not in self.errors:
            self.add_error("right_answer", _("Write what would have been right."))
        if outcome == Outcome.ANSWERED and said.get("right_answer") and not self.errors and not _facts(said):
            self.add_error(
                "facts",
                _(
                    "Write what must occur in the answer: no sentence of the right answer can be looked for, "
                    "so that any answer at all would count as right."
                ),
            )
        if cause == Cause.ARTICLE and not said.get("document"):
            self.add_error("document", _("Choose the article that is to be changed."))
        if cause == Cause.GUIDANCE and not said.get("rule"):
            self.add_error(
                "rule", _("Write the rule, such as “Always name the opening hours of Saturday too.”")
            )
        if cause == Cause.FLOW and not said.get("step"):
            self.add_error("step", _("Choose the step that is to be changed."))
        if cause == Cause.MISSING and not said.get("right_answer") and "right_answer" not in self.errors:
            self.add_error("right_answer", _("Write what the article is to say."))
        return said

    def put(self) -> Put:
        said = self.cleaned_data
        document = Document.objects.filter(pk=said["document"] or 0).first()
        return Put(
            question=said["question"], right_answer=said["right_answer"],
            facts=_facts(said), outcome=said["outcome"],
            language=self.language, cause=said["cause"], verdict=said["verdict"],
            remark=said["remark"].strip(), title=said["title"], document=document,
            rule=said["rule"].strip(), step=said["step"],
            before=tuple(self.before) if said["with_before"] else (),
            publish="publish" in self.data and may_publish(self.user),
        )  # fmt: skip

    @property
    def may_publish(self) -> bool:
        return may_publish(self.user)


def _facts(said: dict[str, Any]) -> tuple[str, ...]:
    return facts_of(said["right_answer"], said["facts"])


def _said(text: str) -> str:
    if not text:
        raise forms.ValidationError(forms.Field.default_error_messages["required"], code="required")
    return text
