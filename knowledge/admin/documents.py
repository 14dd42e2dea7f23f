"""Articles and their categories in the admin site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display

from knowledge import failures, publishing
from knowledge.admin import document_pages, upkeep_pages
from knowledge.admin.deleting import DeletedWithItsIndex
from knowledge.admin.editing import DocumentForm
from knowledge.admin.people import person
from knowledge.models import Category, Document

Request = HttpRequest


@admin.register(Document)
class DocumentAdmin(DeletedWithItsIndex):
    """Articles: written, translated, published, and watched while they are indexed."""

    form = DocumentForm
    list_display = ["title", "language", "category", "audience", "shown_status", "shown_index", "saved"]
    list_filter = ["status", "language", "source", "category", "audience", "index_state", "owner"]
    list_select_related = ["category"]
    list_per_page = 50
    search_fields = ["title", "body", "external_id", "keywords"]
    search_help_text = _("Search in titles, texts and ids")
    actions = ["publish_chosen", "unpublish_chosen", "index_chosen_again"]
    warn_unsaved_form = True
    compressed_fields = False
    change_form_before_template = "admin/knowledge/document/above.html"
    change_form_outer_after_template = "admin/knowledge/document/below.html"
    fieldsets = [
        (None, {"fields": ["title", "body", "description", "seen_revision", "translation_of"]}),
        (_("Place and readers"), {"fields": [("language", "category"), ("audience", "owner"), "review_by"]}),
        (_("Found by"), {"fields": ["questions", "keywords", "url"]}),
    ]

    def get_queryset(self, request: Request) -> QuerySet[Document]:
        documents: QuerySet[Document] = super().get_queryset(request)
        return documents.select_related("source", "category", "owner")

    def get_readonly_fields(self, request: Request, obj: Document | None = None) -> list[str]:
        return ["language"] if obj else []

    def get_changeform_initial_data(self, request: Request) -> dict[str, Any]:
        return document_pages.initial_of_translation(request) | {"owner": request.user.pk}

    def get_urls(self) -> list[URLPattern]:
        return upkeep_pages.urls(self) + document_pages.urls(self) + super().get_urls()

    def render_change_form(self, request: Request, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if original := context.get("original"):
            context |= document_pages.beside_the_form(original)
        return super().render_change_form(request, context, *args, **kwargs)

    @display(
        description=_("Status"),
        ordering="status",
        label={Document.Status.PUBLISHED: "success", Document.Status.DRAFT: "info"},
    )
    def shown_status(self, document: Document) -> tuple[str, str]:
        return document.status, document.get_status_display()

    @admin.display(description=_("Updated"), ordering="updated_at")
    def saved(self, document: Document) -> SafeString:
        shown = date_format(localtime(document.updated_at), "SHORT_DATE_FORMAT")
        return format_html('<span class="whitespace-nowrap">{}</span>', shown)

    @admin.display(description=_("Index"), ordering="index_state")
    def shown_index(self, document: Document) -> SafeString:
        by_words = _("By its words") if document.index_state == Document.IndexState.WORDS else ""
        words = (
            f"{by_words} · {document.index_progress} %" if by_words else document.get_index_state_display()
        )
        title = failures.in_words(document.index_error) or document.get_index_state_display()
        row = '<span class="index-state index-state--{}" title="{}">{}</span>'
        return format_html(row, document.index_state, title, words)

    # --- Saving: the buttons say what happens; knowledge/publishing.py does it ---------------------

    def save_model(self, request: Request, obj: Document, form: Any, change: bool) -> None:
        if "_unpublish" in request.POST:
            obj.status = Document.Status.DRAFT
        elif "_publish" in request.POST:
            obj.status = Document.Status.PUBLISHED
        publishing.save_document(obj, author=person(request))

    def delete_model(self, request: Request, obj: Document) -> None:
        publishing.delete_documents([obj])

    def delete_queryset(self, request: Request, queryset: QuerySet[Document]) -> None:
        publishing.delete_documents(queryset)

    def response_add(self, request: Request, obj: Document, post_url_continue: Any = None) -> HttpResponse:
        return self._stay(request, obj)

    def response_change(self, request: Request, obj: Document) -> HttpResponse:
        return self._stay(request, obj)

    def _stay(self, request: Request, document: Document) -> HttpResponse:
        """Stay with the article, where its way into the index can be watched."""
        published = document.status == Document.Status.PUBLISHED
        done = _("Saved. Customers can read it, and the assistant will know it in a moment.")
        messages.success(request, done if published else _("Saved as a draft. Only editors see it."))
        return redirect("admin:knowledge_document_change", document.pk)

    # --- Actions on several articles ---------------------------------------------------------------

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish_chosen(self, request: Request, queryset: QuerySet[Document]) -> None:
        for document in queryset:
            publishing.publish(document, author=person(request))
        self._say(request, len(queryset))

    @admin.action(description=_("Unpublish"), permissions=["change"])
    def unpublish_chosen(self, request: Request, queryset: QuerySet[Document]) -> None:
        for document in queryset:
            publishing.unpublish(document)
        self._say(request, len(queryset))

    @admin.action(description=_("Index again"), permissions=["change"])
    def index_chosen_again(self, request: Request, queryset: QuerySet[Document]) -> None:
        for document in queryset:
            publishing.index_again(document)
        self._say(request, len(queryset))

    def _say(self, request: Request, number: int) -> None:
        text = ngettext("Done for %(n)d article.", "Done for %(n)d articles.", number)
        messages.success(request, text % {"n": number})

    def history_view(self, request: Request, object_id: str, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:knowledge_document_revisions", object_id)


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    list_display = ["name", "language", "review_months"]
    list_filter = ["language"]
    search_fields = ["name"]
