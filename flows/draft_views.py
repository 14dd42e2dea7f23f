"""The draft of a flow: asked for by the editor, and saved while somebody draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from pydantic import ValidationError

from flows.foreseeing import foreseen
from flows.graph import Graph
from flows.known_actions import Actions, known_actions
from flows.looking import faults_of, other_flows, told_of
from flows.models import Flow
from flows.publishing import FlowError, Stale, as_json, read, save_draft
from flows.receiving import Body, Refused, answering, body_of, editor_of, graph_of
from flows.standing import standing


class Saved(Body):
    graph: dict[str, Any]
    seen: int


@answering("GET", "PUT")
def draft(request: HttpRequest, flow: Flow) -> HttpResponse:
    if request.method == "PUT":
        return JsonResponse(_save(request, flow))
    return JsonResponse(draft_of(flow, other_flows(), known_actions()))


def draft_of(flow: Flow, others: Mapping[str, Graph], actions: Actions | None) -> dict[str, Any]:
    """As it stands; one that does not read any more is handed over as it is, with what is wrong with it.
    `others` are the flows that are published."""
    try:
        graph = Graph.model_validate(flow.draft)
    except ValidationError as error:
        plain = {**as_json(Graph(key=flow.key)), **(flow.draft if isinstance(flow.draft, dict) else {})}
        return {"graph": plain, "number": flow.draft_number, "problems": faults_of(error, flow.draft)}
    told = told_of(graph, others, actions)
    return {"graph": as_json(graph), "number": flow.draft_number, "problems": told}


def _save(request: HttpRequest, flow: Flow) -> dict[str, Any]:
    wanted, _data = body_of(request, Saved)
    graph = graph_of(wanted.graph)
    try:
        saved = save_draft(flow.pk, graph, author=editor_of(request), seen=wanted.seen)
    except Stale as error:
        raise _conflict(flow) from error
    saved.published, saved.trial = flow.published, flow.trial
    return {
        "number": saved.draft_number,
        "problems": told_of(graph, other_flows(), known_actions()),
        "state": asdict(standing(saved)),
    }


@answering("GET")
def examples(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What the examples of the draft would begin if it were published; not `known` until they are learned."""
    try:
        draft = read(flow.draft)
    except FlowError:
        return JsonResponse({"known": True, "problems": []})
    found = foreseen([draft])
    return JsonResponse({"known": found is not None, "problems": (found or {}).get(flow.key, [])})


def _conflict(flow: Flow) -> Refused:
    """Who has changed it, and the number of what stands there now: to overwrite it, that one is named."""
    flow.refresh_from_db()
    who = str(flow.edited_by or _("Somebody"))
    when = date_format(localtime(flow.updated_at), "SHORT_DATETIME_FORMAT")
    said = _("%(who)s saved another draft of this flow (%(when)s).") % {"who": who, "when": when}
    return Refused(said, status=409, number=flow.draft_number)
