"""Publishing a flow, taking it back, and the versions that there were."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field

from flows import publishing
from flows.comparing import compared
from flows.graph import Graph
from flows.looking import told
from flows.models import Flow, FlowVersion
from flows.receiving import Body, Refused, answering, body_of, editor_of
from flows.standing import standing

MOST_VERSIONS = 200  # that the history shows


class Publishing(Body):
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)

    note: str = Field("", max_length=300, pattern=r"^[^\x00]*$")
    seen: int


@answering("POST")
def publish(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What the editor has seen, and nothing that somebody has saved meanwhile."""
    wanted, _data = body_of(request, Publishing)
    if wanted.seen != flow.draft_number:
        raise Refused(_("Somebody else has changed this flow meanwhile. Load the page again."), status=409)
    try:
        version = publishing.publish(flow.pk, author=editor_of(request), note=wanted.note)
    except publishing.Unfinished as error:
        said = _("This stops customers. Mend it first:")
        raise Refused(said, status=422, problems=told(error.problems)) from error
    said = _("Version %(number)d is what customers get now.") % {"number": version.number}
    return JsonResponse({"text": said, "state": _state(flow)})


@answering("POST")
def withdraw(request: HttpRequest, flow: Flow) -> HttpResponse:
    publishing.withdraw(flow.pk)
    said = _("No customer begins this flow any more. Whoever is in the middle of it finishes it.")
    return JsonResponse({"text": said, "state": _state(flow)})


def _state(flow: Flow) -> dict[str, Any]:
    flow.refresh_from_db()
    return asdict(standing(flow))


@answering("GET")
def versions(request: HttpRequest, flow: Flow) -> HttpResponse:
    rows = flow.versions.select_related("author").defer("graph")[:MOST_VERSIONS]
    return JsonResponse({"versions": [_row(row, flow) for row in rows]})


def _row(version: FlowVersion, flow: Flow) -> dict[str, Any]:
    return {
        "number": version.number,
        "note": version.note,
        "author": str(version.author or ""),
        "at": version.created_at.isoformat(),
        "current": version.pk == flow.published_id,
    }


@answering("GET")
def version(request: HttpRequest, flow: Flow, number: int) -> HttpResponse:
    return JsonResponse({"number": number, "graph": publishing.as_json(_graph(flow, number))})


@answering("GET")
def difference(request: HttpRequest, flow: Flow, number: int) -> HttpResponse:
    """What the draft has become since that version."""
    return JsonResponse(compared(_graph(flow, number), publishing.read(flow.draft)))


def _graph(flow: Flow, number: int) -> Graph:
    if number > 2**31 - 1:
        number = 0  # there is none of that number, and the database has no place for it
    return publishing.read(get_object_or_404(FlowVersion, flow=flow, number=number).graph)
