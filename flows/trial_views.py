"""The end of a trial, either way, and its share meanwhile."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from pydantic import Field

from flows import publishing
from flows.known_actions import known_actions
from flows.models import Flow
from flows.receiving import Body, answering, body_of
from flows.version_views import state_of, stopping_told


class Sharing(Body):
    share: int = Field(ge=1, le=99)


@answering("POST")
def publish_trial(request: HttpRequest, flow: Flow) -> HttpResponse:
    with stopping_told():
        version = publishing.publish_trial(flow.pk, actions=known_actions())
    return _said(_("Version %(number)d is what customers get now.") % {"number": version.number}, flow)


@answering("POST")
def change_share(request: HttpRequest, flow: Flow) -> HttpResponse:
    wanted, _data = body_of(request, Sharing)
    publishing.change_share(flow.pk, share=wanted.share)
    return _said(_("%(share)d of 100 conversations get the trial now.") % {"share": wanted.share}, flow)


@answering("POST")
def end_trial(request: HttpRequest, flow: Flow) -> HttpResponse:
    publishing.end_trial(flow.pk)
    return _said(_("The trial is over. Whoever is in the middle of it finishes it."), flow)


def _said(text: str, flow: Flow) -> HttpResponse:
    return JsonResponse({"text": text, "state": state_of(flow)})
