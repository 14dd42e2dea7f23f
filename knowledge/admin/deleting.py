"""What the admin site says about a deletion."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin

from knowledge.models import Document, Revision, Source


class DeletedWithItsIndex(ModelAdmin):
    """Whoever may delete a row may delete what the index holds of it; that is not listed piece by piece."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], Any, set[str], list[str]]:
        _shown, counts, _permissions, protected = super().get_deleted_objects(objs, request)
        named = {str(model._meta.verbose_name_plural) for model in (Source, Document, Revision)}
        told = {name: number for name, number in counts.items() if str(name) in named}
        return [str(row) for row in objs], told, set(), protected
