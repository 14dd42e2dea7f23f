"""What the admin site says about a deletion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.audit.admin import AuditedAdmin
from knowledge import approval
from knowledge.admin.people import person
from knowledge.models import Document, Revision, Source


class DeletedWithItsIndex(AuditedAdmin):
    """Whoever may delete a row may delete what the index holds of it; that is not listed piece by piece."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], Any, set[str], list[str]]:
        """Counted by the database: Django would load every passage with its vector to name it."""
        keys = [row.pk for row in objs]
        of_sources = self.model is Source
        documents = Document.objects.filter(**{"source__in" if of_sources else "pk__in": keys})
        numbers = {
            Document: documents.count(),
            Revision: Revision.objects.filter(document__in=documents).count(),
        }
        told = {Source: len(keys), **numbers} if of_sources else numbers
        counts = {model._meta.verbose_name_plural: number for model, number in told.items() if number}
        return [str(row) for row in objs], counts, set(), []


def refuse_deletion(request: HttpRequest, sources: Iterable[Source]) -> HttpResponse | None:
    """Back to where somebody was who may not delete what stands in one of these; None when they may."""
    for source in sources:
        if approval.is_bound(person(request), source):
            messages.error(request, approval.NOT_DELETED % {"source": source})
            return redirect(request.get_full_path())
    return None
