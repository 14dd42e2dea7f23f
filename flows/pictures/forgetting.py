"""A picture that no flow names any more goes after a week: an undo, or an older draft, may bring it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from flows.models import Flow, FlowImport, FlowVersion, KeptDraft
from flows.pictures.naming import pictures_in
from flows.pictures.rows import CardPicture, sizes_of

KEPT = timedelta(days=7)
NAMED = r'"picture": "[0-9a-f]'  # as the database writes a graph that names one


def forget_unnamed(*, kept: timedelta = KEPT) -> int:
    """Note which no draft, version or waiting import names, and delete those of a week ago; how many."""
    now = timezone.now()
    named = sizes_of({name for graph in _graphs() for name in pictures_in(graph)})
    CardPicture.objects.filter(pk__in=list(named)).update(unnamed_since=None)
    others = CardPicture.objects.exclude(pk__in=list(named))
    others.filter(unnamed_since=None).update(unnamed_since=now)
    return others.filter(unnamed_since__lt=now - kept).delete()[0]


def _graphs() -> Iterator[Any]:
    yield from _naming(Flow.objects.all(), "draft")
    yield from _naming(FlowVersion.objects.all(), "graph")
    yield from _naming(KeptDraft.objects.all(), "draft")
    for found in _naming(FlowImport.objects.all(), "found"):
        yield from found.get("flows", ())


def _naming(rows: QuerySet[Any], field: str) -> Iterator[Any]:
    """Few name any: the others need not be read."""
    told = rows.annotate(written=Cast(field, TextField())).filter(written__regex=NAMED)
    return told.values_list(field, flat=True).order_by("pk").iterator(chunk_size=50)
