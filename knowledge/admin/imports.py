"""Imports in the admin site: their list, and the way to the pages where they are made and decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from knowledge.admin import import_pages
from knowledge.models import ImportItem, ImportRun

State = ImportRun.State


@admin.register(ImportRun)
class ImportRunAdmin(AuditedAdmin):
    list_display = ["source", "what", "shown_state", "documents", "undecided", "asked_by", "created_at"]
    list_display_links = ["source", "what"]
    list_filter = ["state", "origin", "source"]
    list_select_related = ["source", "asked_by"]
    search_fields = ["what", "source__name"]
    list_before_template = "admin/knowledge/importrun/above.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        runs: QuerySet[ImportRun] = super().get_queryset(request)
        refused = Q(items__state__in=[ImportItem.State.REFUSED, ImportItem.State.LEFT])
        waiting = Q(items__decision=ImportItem.Decision.WAITING)
        return runs.annotate(
            documents=Count("items", filter=~refused), undecided=Count("items", filter=waiting)
        )

    def get_urls(self) -> list[URLPattern]:
        return import_pages.urls(self) + super().get_urls()

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return import_pages.add(request, model_admin=self)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return import_pages.run_page(request, model_admin=self, key=object_id)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return import_pages.run_page(request, model_admin=self, key=object_id)

    @display(
        description=_("State"),
        ordering="state",
        label={
            State.QUEUED: "default",
            State.READING: "info",
            State.REVIEW: "warning",
            State.DONE: "success",
            State.FAILED: "danger",
            State.CANCELLED: "default",
        },
    )
    def shown_state(self, run: ImportRun) -> tuple[str, str]:
        return run.state, run.get_state_display()

    @admin.display(description=_("Documents"), ordering="documents")
    def documents(self, run: Any) -> int:
        return int(run.documents)

    @admin.display(description=_("To be decided"), ordering="undecided")
    def undecided(self, run: Any) -> int:
        return int(run.undecided)
