"""The forms of a gap's page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from accounts.models import Role, User
from evaluation.models import Gap
from knowledge.admin.editing import MarkdownEditor
from knowledge.cleaning.visible import clean_line, clean_markdown
from knowledge.intake.items import MAX_BODY

EDITORS = [role for role in Role if role.includes(Role.EDITOR)]


class AnswerForm(forms.Form):
    """An article, in place."""

    use_required_attribute = False  # the answer says what is missing, where it can be read

    title = forms.CharField(label=_("Title"), max_length=300, widget=UnfoldAdminTextInputWidget)
    body = forms.CharField(
        label=_("Text"),
        max_length=MAX_BODY,
        widget=MarkdownEditor(attrs={"rows": 10}),
        help_text=_("Markdown. Start headings at level two (##)."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget
    )

    def clean_title(self) -> str:
        return _said(clean_line(self.cleaned_data["title"]))

    def clean_body(self) -> str:
        return _said(clean_markdown(self.cleaned_data["body"]))


class CareForm(forms.Form):
    """What it is called and who sees to it."""

    use_required_attribute = False

    title = forms.CharField(label=_("Called"), max_length=300, widget=UnfoldAdminTextInputWidget)
    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True, role__in=EDITORS).order_by("first_name", "username"),
        label=_("Who sees to it"),
        required=False,
        empty_label=_("Nobody yet"),
        widget=UnfoldAdminSelectWidget,
    )

    @classmethod
    def of(cls, gap: Gap) -> CareForm:
        return cls(initial={"title": gap.title, "assignee": gap.assignee_id})

    def clean_title(self) -> str:
        return _said(clean_line(self.cleaned_data["title"]))


def _said(text: str) -> str:
    """What is left when all that cannot be seen is taken off."""
    if not text:
        raise forms.ValidationError(forms.Field.default_error_messages["required"], code="required")
    return text
