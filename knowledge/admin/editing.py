"""The form in which staff write articles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget, UnfoldAdminURLInputWidget

from knowledge import publishing
from knowledge.admin.cleaning_form import LinesField
from knowledge.models import Category, Document

_OVERTAKEN = _(
    "%(who)s saved this article while you were writing. Your text is still below: copy what you need, "
    "open the article again and put it in."
)


def _with_language(obj: Any) -> str:
    return f"{obj} ({obj.language})"


class MarkdownEditor(UnfoldAdminTextareaWidget):
    """A text area with a few buttons, and the rendered article beside it (static/knowledge/editor.js)."""

    template_name = "admin/knowledge/markdown_editor.html"

    class Media:
        js = ["knowledge/editor.js"]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"preview_url": reverse("admin:knowledge_document_preview")}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """With the project's templates: a form's own renderer knows only those of the installed apps."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class KeywordsField(forms.CharField):
    """Keywords as people write them: one after another with commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = (" ".join(word.split()) for word in (super().to_python(value) or "").split(","))
        return list(dict.fromkeys(word for word in words if word))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))

    def validate(self, value: Any) -> None:
        if any(len(word) > 60 for word in value):
            raise forms.ValidationError(_("A keyword has at most 60 characters."))


class DocumentForm(forms.ModelForm):
    keywords = KeywordsField(
        label=_("Keywords"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Other words that customers use for this, with commas. They are searched too."),
    )
    questions = LinesField(
        label=_("Other ways to ask"),
        help_text=_("Questions that this answers, one on each line. They are searched, and not shown."),
    )
    url = forms.URLField(
        label=_("Original address"),
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text=_("Where this text comes from, when it comes from another site."),
    )
    # The newest revision when the form was opened: two people must not overwrite each other unseen.
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    translation_of = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = [
            "title",
            "body",
            "description",
            "language",
            "category",
            "audience",
            "owner",
            "review_by",
            "keywords",
            "questions",
            "url",
        ]
        widgets = {"body": MarkdownEditor(attrs={"rows": 24, "spellcheck": "true"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            newest = self.instance.revisions.first()
            self.initial["seen_revision"] = newest.number if newest else 0
        self._narrow_categories()

    def _narrow_categories(self) -> None:
        language = self.instance.language if self.instance.pk else self.initial.get("language")
        field = self.fields.get("category")
        if isinstance(field, forms.ModelChoiceField):
            every = Category.objects.order_by("language", "name")
            field.queryset = every.filter(language=language) if language else every
            if not language:
                field.label_from_instance = _with_language  # type: ignore[method-assign]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_category(cleaned)
        self._check_nobody_else_saved(cleaned)
        self._set_place(cleaned)
        return cleaned

    def _check_category(self, cleaned: dict[str, Any]) -> None:
        category, language = cleaned.get("category"), cleaned.get("language") or self.instance.language
        if category and category.language != language:
            self.add_error("category", _("This category belongs to another language."))

    def _check_nobody_else_saved(self, cleaned: dict[str, Any]) -> None:
        newest = self.instance.revisions.select_related("author").first() if self.instance.pk else None
        seen = cleaned.get("seen_revision")
        if newest is None or seen is None or seen == newest.number:
            return
        self.add_error(None, _OVERTAKEN % {"who": newest.author or _("An import")})

    def _set_place(self, cleaned: dict[str, Any]) -> None:
        """A new article stands in the help centre, a translation beside its original."""
        if self.instance.pk:
            return
        original = Document.objects.filter(pk=cleaned.get("translation_of") or 0).first()
        self.instance.source = original.source if original else publishing.written_here()
        if original is None:
            return
        self.instance.external_id = original.external_id
        taken = original.source.documents.filter(
            external_id=original.external_id, language=cleaned.get("language")
        )
        if taken.exists():
            self.add_error("language", _("This translation exists already."))
