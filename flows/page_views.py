"""The pages of flows: the list, a new one, the editor."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from flows import learning, listing
from flows.draft_views import draft_of
from flows.forms import NewFlowForm
from flows.known_actions import for_the_editor, known_actions
from flows.models import Flow
from flows.publishing import FlowError, create_flow
from flows.receiving import editor_of
from flows.shelves import graph_of
from flows.standing import standing
from flows.starters import STARTERS
from flows.walked_words import name_of

SHEETS = ["css/form-in-chat.css"] + [
    f"flows/{name}.css"
    for name in (
        "kinds",
        "notice",
        "editor",
        "bar",
        "canvas",
        "lines",
        "panel",
        "form",
        "form-fields",
        "reading",
        "compare",
        "try",
        "customers",
    )
]
editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def flow_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    archived = request.GET.get("show") == "archived"
    listed = listing.listed(words, request.GET.get("page", ""), archived=archived)
    page, key = listed.page, request.GET.get("put_away", "").replace("\x00", "")[:60]
    put_away = Flow.objects.archived().filter(key=key).first() if key else None
    first = page.object_list and not words and not archived and page.number == 1
    context = {
        "section": "flows", "room": "flows", "words": words, "page": page,
        "any": bool(words) or archived or bool(page.object_list),
        "archived": archived, "archived_count": listed.archived_count,
        "put_away": put_away, "put_away_name": name_of(put_away) if put_away else "",
        "learned_here": first, "learned": learning.report(listed.published) if first else None,
    }  # fmt: skip
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
    flow = get_object_or_404(Flow.objects.select_related("published", "trial", "edited_by"), key=key)
    flows = Flow.objects.in_use().select_related("published").annotate(named=F("draft__name")).defer("draft")
    others, actions = list(flows), known_actions()
    published = {one.key: graph_of(one.published) for one in others if one.published}
    names = {one.key: one.named if isinstance(one.named, dict) else {} for one in others}
    data = draft_of(flow, published, actions) | {"flows": names, "actions": for_the_editor(actions)}
    context = {"section": "flows", "name": name_of(flow), "state": standing(flow), "key": flow.key,
               "sheets": SHEETS, "data": data,
               "address": reverse("flows:editor", args=[flow.key])}  # fmt: skip
    return render(request, "flows/editor.html", context)
