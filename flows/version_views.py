"""Publishing a flow, for everybody or on trial, and the versions that there were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field

from flows import publishing
from flows.comparing import compared
from flows.graph import Graph
from flows.kept_views import kept_of
from flows.known_actions import known_actions
from flows.looking import told
from flows.models import Flow, FlowVersion
from flows.receiving import Body, Refused, answering, body_of, editor_of
from flows.sides import side
from flows.standing import standing
from flows.trials import trial_of

MOST_VERSIONS = 200  # that the history shows


class Publishing(Body):
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)

    note: str = Field("", max_length=300, pattern=r"^[^\x00]*$")
    seen: int
    share: int | None = Field(None, ge=1, le=99)  # None: for everybody


@answering("POST")
def publish(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What the editor has seen, and nothing that somebody has saved meanwhile."""
    wanted, _data = body_of(request, Publishing)
    if wanted.seen != flow.draft_number:
        raise Refused(_("Somebody else has changed this flow meanwhile. Load the page again."), status=409)
    how: dict[str, Any] = {"author": editor_of(request), "note": wanted.note, "actions": known_actions()}
    with stopping_told():
        if wanted.share is None:
            version = publishing.publish(flow.pk, **how)
            said = _("Version %(number)d is what customers get now.") % {"number": version.number}
        else:
            version = publishing.begin_trial(flow.pk, share=wanted.share, **how)
            known = {"number": version.number, "share": wanted.share}
            said = _("Version %(number)d is on trial: %(share)d of 100 conversations get it.") % known
    return JsonResponse({"text": said, "state": state_of(flow)})


@contextmanager
def stopping_told() -> Iterator[None]:
    """What would stop customers comes back as the problems that it is."""
    try:
        yield
    except publishing.Unfinished as error:
        said = _("This stops customers. Mend it first:")
        raise Refused(said, status=422, problems=told(error.problems)) from error


def state_of(flow: Flow) -> dict[str, Any]:
    flow.refresh_from_db()
    return asdict(standing(flow))


@answering("GET")
def versions(request: HttpRequest, flow: Flow) -> HttpResponse:
    rows = flow.versions.select_related("author").defer("graph")[:MOST_VERSIONS]
    told = {"versions": [_row(row, flow) for row in rows], "trial": trial_of(flow), "kept": kept_of(flow)}
    return JsonResponse(told)


def _row(version: FlowVersion, flow: Flow) -> dict[str, Any]:
    return {
        "number": version.number,
        "note": version.note,
        "author": str(version.author or ""),
        "at": version.created_at.isoformat(),
        "current": version.pk == flow.published_id,
        "trial": version.pk == flow.trial_id,
    }


@answering("GET")
def version(request: HttpRequest, flow: Flow, number: int) -> HttpResponse:
    return JsonResponse({"number": number, "graph": publishing.as_json(_graph(flow, number))})


@answering("GET")
def compare(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What has become of one (`from`) in the other (`to`), and that other; see `flows/sides.py`."""
    before, now = (side(flow, request.GET.get(name, "")) for name in ("from", "to"))
    title = _("What is different from %(before)s to %(now)s") % {"before": before.title, "now": now.title}
    told = {"title": title, "graph": publishing.as_json(now.graph), **compared(before.graph, now.graph)}
    return JsonResponse(told)


def _graph(flow: Flow, number: int) -> Graph:
    if number > 2**31 - 1:
        number = 0  # there is none of that number, and the database has no place for it
    return publishing.read(get_object_or_404(FlowVersion, flow=flow, number=number).graph)
