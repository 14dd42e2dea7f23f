"""The pages of flows: the list, a new one, the editor."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from pydantic import ValidationError

from accounts.models import Role
from accounts.permissions import role_required
from flows import learning, listing
from flows.draft_views import draft_of
from flows.forms import NewFlowForm
from flows.graph import Act, Graph
from flows.models import Flow
from flows.publishing import FlowError, create_flow
from flows.receiving import editor_of
from flows.standing import standing
from flows.starters import STARTERS
from flows.texts import in_language

SHEETS = [
    f"flows/{name}.css"
    for name in ("kinds", "editor", "bar", "canvas", "lines", "panel", "form", "reading", "try")
]
editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def flow_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    page = Paginator(listing.found(words), listing.PER_PAGE).get_page(request.GET.get("page"))
    # The rows that are shown take the place of the flows; the stubs want a list of these.
    page.object_list = listing.rows(list(page.object_list))  # type: ignore[assignment]
    some = bool(words) or bool(page.object_list)
    learned = learning.report() if page.object_list and not words and page.number == 1 else None
    context = {"section": "flows", "words": words, "page": page, "any": some, "learned": learned}
    return render(request, "flows/list.html", context)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_flow(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = NewFlowForm(request.POST) if posted else NewFlowForm.fresh(request.GET.get("starter", ""))
    if posted and form.is_valid():
        try:
            flow = create_flow(form.graph(), author=editor_of(request))
        except FlowError as error:  # somebody took the name in the same moment
            form.add_error(None, str(error))
        else:
            return redirect("flows:editor", flow.key)
    context = {"section": "flows", "form": form, "starters": STARTERS}
    return render(request, "flows/new.html", context)


@editors_only
@never_cache
@require_safe
def editor(request: HttpRequest, key: str) -> HttpResponse:
    flow = get_object_or_404(Flow.objects.select_related("published", "edited_by"), key=key)
    drafts = dict(Flow.objects.values_list("key", "draft"))
    data = draft_of(flow) | {"flows": _names(drafts), "actions": _actions(drafts)}
    name = in_language(_names(drafts).get(flow.key, {}), get_language() or "en") or flow.key
    context = {"section": "flows", "name": name, "state": standing(flow), "sheets": SHEETS, "data": data,
               "address": reverse("flows:editor", args=[flow.key])}  # fmt: skip
    return render(request, "flows/editor.html", context)


def _names(drafts: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What each flow is called, by language."""
    named = {key: draft.get("name") if isinstance(draft, dict) else None for key, draft in drafts.items()}
    return {key: name if isinstance(name, dict) else {} for key, name in named.items()}


def _actions(drafts: dict[str, Any]) -> list[str]:
    """The actions that some flow names, to choose from while writing."""
    found = set()
    for draft in drafts.values():
        try:
            nodes = Graph.model_validate(draft).nodes
        except ValidationError:  # of an older version of the product
            continue
        found |= {node.action for node in nodes if isinstance(node, Act) and node.action}
    return sorted(found)


def state_of(flow: Flow) -> dict[str, Any]:
    return asdict(standing(flow))
