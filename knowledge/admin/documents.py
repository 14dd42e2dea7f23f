"""Articles and their categories in the admin site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions as usual_actions
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
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from knowledge import approval, failures, publishing
from knowledge.admin import article_proposals, document_pages, proposal_pages, upkeep_pages
from knowledge.admin.deleting import DeletedWithItsIndex, refuse_deletion
from knowledge.admin.document_form import DocumentForm, wished_status
from knowledge.admin.people import person
from knowledge.models import Category, Document, Source

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
    actions = ["publish_chosen", "unpublish_chosen", "index_chosen_again", "delete_selected"]
    warn_unsaved_form = True
    compressed_fields = False
    change_form_outer_before_template = "admin/knowledge/document/above.html"
    change_form_outer_after_template = "admin/knowledge/document/below.html"
    fieldsets = [
        (None, {"fields": ["title", "body", "description", "seen_revision", "translation_of", "continued"]}),
        (_("Place and readers"), {"fields": [("language", "category"), ("audience", "owner"), "review_by"]}),
        (_("Found by"), {"fields": ["questions", "keywords", "url"]}),
        (_("If somebody shall approve it first"), {"fields": ["note"]}),
    ]

    def get_queryset(self, request: Request) -> QuerySet[Document]:
        documents: QuerySet[Document] = super().get_queryset(request)
        return documents.select_related("source", "category", "owner")

    def get_readonly_fields(self, request: Request, obj: Document | None = None) -> list[str]:
        return ["language"] if obj else []

    def get_changeform_initial_data(self, request: Request) -> dict[str, Any]:
        return document_pages.initial_of_translation(request) | {"owner": request.user.pk}

    def get_urls(self) -> list[URLPattern]:
        own = upkeep_pages.urls(self) + proposal_pages.urls(self) + document_pages.urls(self)
        return own + super().get_urls()

    def get_form(self, request: Request, obj: Document | None = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.person = person(request)
        form.proposal = article_proposals.continued(request, obj)
        return form

    def has_delete_permission(self, request: Request, obj: Document | None = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and not (obj and approval.is_bound(person(request), obj.source))

    def render_change_form(self, request: Request, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        original = context.get("original")
        context |= article_proposals.beside_the_form(request, original)
        if original:
            context |= document_pages.beside_the_form(request, original)
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
        if "_propose" in request.POST:
            article_proposals.propose(request, obj, form.cleaned_data)
            return
        obj.status = wished_status(request.POST, obj.status)
        publishing.save_document(obj, author=person(request))

    def construct_change_message(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        if "_propose" in request.POST:
            return "Proposed a change."  # not translated: Django keeps it in English and shows it to nobody
        return super().construct_change_message(request, *args, **kwargs)

    def delete_model(self, request: Request, obj: Document) -> None:
        publishing.delete_documents([obj], by=person(request))

    def delete_queryset(self, request: Request, queryset: QuerySet[Document]) -> None:
        publishing.delete_documents(queryset, by=person(request))

    def response_add(self, request: Request, obj: Document, post_url_continue: Any = None) -> HttpResponse:
        return self._stay(request, obj)

    def response_change(self, request: Request, obj: Document) -> HttpResponse:
        return self._stay(request, obj)

    def _stay(self, request: Request, document: Document) -> HttpResponse:
        """Stay with the article, where its way into the index can be watched."""
        if "_propose" in request.POST:
            return redirect("admin:knowledge_document_change", document.pk)
        published = document.status == Document.Status.PUBLISHED
        done = _("Saved. Customers can read it, and the assistant will know it in a moment.")
        messages.success(request, done if published else _("Saved as a draft. Only editors see it."))
        return redirect("admin:knowledge_document_change", document.pk)

    # --- Actions on several articles ---------------------------------------------------------------

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish_chosen(self, request: Request, queryset: QuerySet[Document]) -> None:
        article_proposals.publish_or_propose(request, queryset)

    @admin.action(description=_("Delete selected %(verbose_name_plural)s"), permissions=["delete"])
    def delete_selected(self, request: Request, queryset: QuerySet[Document]) -> Any:
        sources = Source.objects.filter(documents__in=queryset).distinct()
        return refuse_deletion(request, sources) or usual_actions.delete_selected(self, request, queryset)

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
class CategoryAdmin(AuditedAdmin):
    list_display = ["name", "language", "review_months"]
    list_filter = ["language"]
    search_fields = ["name"]
