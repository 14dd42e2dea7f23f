"""One row of an import, opened: its text to be corrected, what cleaning did, what is different."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from knowledge import refusals, revisions
from knowledge.admin.cleaning_form import LinesField
from knowledge.admin.editing import MarkdownEditor
from knowledge.admin.people import person
from knowledge.cleaning.base import Draft
from knowledge.cleaning.pipeline import trace
from knowledge.cleaning.steps import STEPS
from knowledge.cleaning.visible import clean_line, clean_markdown
from knowledge.intake import approving, running
from knowledge.intake.items import MAX_BODY
from knowledge.models import Document, ImportItem

State, Decision = ImportItem.State, ImportItem.Decision


class ItemForm(forms.Form):
    use_required_attribute = False  # the answer says what is missing, where it can be read

    title = forms.CharField(label=_("Title"), max_length=300, widget=UnfoldAdminTextInputWidget)
    body = forms.CharField(label=_("Text"), max_length=MAX_BODY, widget=MarkdownEditor(attrs={"rows": 14}))
    questions = LinesField(label=_("Other ways to ask"), help_text=_("One on each line."))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget
    )
    category = forms.CharField(
        label=_("Category"), required=False, max_length=120, widget=UnfoldAdminTextInputWidget
    )
    audience = forms.ChoiceField(
        label=_("Readers"), choices=Document.Audience.choices, widget=UnfoldAdminSelectWidget
    )

    @classmethod
    def of(cls, row: ImportItem, data: Any = None) -> ItemForm:
        fields = {name: row.fields.get(name) for name in ("questions", "category", "audience")}
        initial = {"title": row.title, "body": row.body, "language": row.language, **fields}
        return cls(data, initial=initial, prefix=f"item{row.pk}")

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return clean_markdown(self.cleaned_data["body"])

    def save(self, row: ImportItem, author: Any) -> None:
        given = self.cleaned_data
        row.title, row.body, row.language = given["title"], given["body"], given["language"]
        row.fields |= {name: given[name] for name in ("questions", "category", "audience")}
        row.edited_by = author
        row.save(update_fields=["title", "body", "language", "fields", "edited_by"])


def urls(guard: Callable[[Any], Any]) -> list[URLPattern]:
    view = guard(require_http_methods(["GET", "POST"])(item))
    return [path("<int:run>/items/<int:pk>/", view, name="knowledge_importrun_item")]


def item(request: HttpRequest, *, model_admin: Any, run: int, pk: int) -> HttpResponse:
    """The opened row. A POST saves what was corrected, and does what its button says besides."""
    rows = ImportItem.objects.select_related("run__source", "document", "duplicate_of", "duplicate_of_item")
    row = get_object_or_404(rows, pk=pk, run=run)
    form = ItemForm.of(row, request.POST if request.method == "POST" else None)
    saved = form.is_bound and row.decision == Decision.WAITING and form.is_valid()
    if saved:
        if form.has_changed():
            form.save(row, person(request))
        _decide(request, row)
    context = item_context(row, form if form.errors else ItemForm.of(row))
    context |= {
        "saved": saved,
        "held_back": saved and row.decision == Decision.WAITING and _publishes(request),
    }
    return render(request, "admin/knowledge/importrun/item.html", context)


def _decide(request: HttpRequest, row: ImportItem) -> None:
    chosen, only = row.run.items.filter(pk=row.pk), request.POST.get("decision")
    if _publishes(request):
        approving.approve(row.run, chosen, author=person(request))
    elif only == "discard":
        approving.discard(row.run, chosen)
    row.refresh_from_db()


def _publishes(request: HttpRequest) -> bool:
    return request.POST.get("decision") == "publish"


def item_context(row: ImportItem, form: ItemForm) -> dict[str, Any]:
    return {
        "row": row,
        "run": row.run,
        "form": form,
        "place": refusals.place_in_words(row.place),
        "reason": refusals.in_words(row.code, row.details) if row.code else "",
        "steps": _steps(row),
        "difference": _difference(row),
        "other": row.duplicate_of or row.duplicate_of_item,
        "is_open": row.decision == Decision.WAITING and row.state != State.GONE,
    }


def _steps(row: ImportItem) -> list[tuple[Any, int, list[revisions.DiffLine]]]:
    """Each cleaning step that changed something: its name, in how many places, before and after."""
    if not row.changes:
        return []
    rules = running.manner_of(row.run.source).rules
    draft = Draft(row.title_before or row.title, row.before or row.body, row.language)
    labels = {step.name: step.label for step in STEPS}
    return [
        (labels[name], row.changes.get(name, 0), revisions.compare(was.body, now.body))
        for name, was, now in trace(draft, rules)
        if name in row.changes
    ]


def _difference(row: ImportItem) -> list[revisions.DiffLine]:
    """From the article as it is, or the other document, to this one."""
    if row.state == State.CHANGED and row.document and row.decision == Decision.WAITING:
        return revisions.compare(row.document.body, row.body)
    other = row.duplicate_of or row.duplicate_of_item
    return revisions.compare(other.body, row.body) if other else []
