"""Drafts of a flow that something took the place of: shown in its history, and brought back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from flows import publishing
from flows.models import Flow, KeptDraft
from flows.receiving import answering, editor_of


def kept_of(flow: Flow) -> list[dict[str, Any]]:
    """For the history, the newest first."""
    return [
        {
            "id": kept.pk,
            "why": kept.get_why_display(),
            "author": str(kept.author or ""),
            "at": kept.created_at.isoformat(),
        }
        for kept in flow.kept_drafts.select_related("author").defer("draft")
    ]


@answering("POST")
def bring_draft_back(request: HttpRequest, flow: Flow, number: int) -> HttpResponse:
    """What is drawn now is kept in its turn."""
    kept = get_object_or_404(KeptDraft, flow=flow, pk=number)
    publishing.bring_draft_back(kept, author=editor_of(request))
    return JsonResponse({})
