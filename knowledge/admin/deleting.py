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
        _shown, counts, _permissions, protected = super().get_deleted_objects(objs, request)
        named = {str(model._meta.verbose_name_plural) for model in (Source, Document, Revision)}
        told = {name: number for name, number in counts.items() if str(name) in named}
        return [str(row) for row in objs], told, set(), protected


def refuse_deletion(request: HttpRequest, sources: Iterable[Source]) -> HttpResponse | None:
    """Back to where somebody was who may not delete what stands in one of these; None when they may."""
    for source in sources:
        if approval.is_bound(person(request), source):
            messages.error(request, approval.NOT_DELETED % {"source": source})
            return redirect(request.get_full_path())
    return None
