"""The fields in which staff write articles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget, UnfoldAdminURLInputWidget

from knowledge.admin.cleaning_form import LinesField
from knowledge.merging import Wording
from knowledge.models import Category, Document


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


class ArticleForm(forms.ModelForm):
    """What an article says, and for whom."""

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

    class Meta:
        model = Document
        fields = ["title", "body", "description", "category", "audience", "questions", "keywords", "url"]
        widgets = {"body": MarkdownEditor(attrs={"rows": 24, "spellcheck": "true"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        category, language = cleaned.get("category"), cleaned.get("language") or self.instance.language
        if category and category.language != language:
            self.add_error("category", _("This category belongs to another language."))
        return cleaned


def initial_of(said: Wording, document: Document) -> dict[str, Any]:
    """What the fields begin with to go on from a text that is not the article's own."""
    shelf = Category.objects.filter(name=said.fields.get("category", ""), language=document.language).first()
    lists = {name: said.fields.get(name, []) for name in ("questions", "keywords")}
    values = {name: said.fields[name] for name in ("description", "audience", "url") if name in said.fields}
    return {"title": said.title, "body": said.body, "category": shelf and shelf.pk} | lists | values
