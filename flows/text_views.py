"""A flow as text: YAML to read and to change, YAML, Mermaid and Rasa's form to download."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import audit
from flows.mermaid import to_mermaid
from flows.models import Flow
from flows.publishing import as_json, read
from flows.rasa_form import to_rasa
from flows.receiving import Body, Refused, answering, body_of, graph_of
from flows.yaml_form import from_yaml, to_yaml
from flows.yaml_reading import YamlError


class Drawn(Body):
    graph: dict[str, Any]


class Written(Body):
    yaml: str


@answering("POST")
def as_yaml(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What is drawn, saved or not."""
    wanted, _data = body_of(request, Drawn)
    return JsonResponse({"yaml": to_yaml(graph_of(wanted.graph))})


@answering("POST")
def read_yaml(request: HttpRequest, flow: Flow) -> HttpResponse:
    """The graph that a text stands for. Nothing is saved; the key stays that of the flow."""
    wanted, _data = body_of(request, Written)
    try:
        graph = from_yaml(wanted.yaml)
    except YamlError as error:
        fault = {"line": error.line, "text": str(error), "path": list(error.path)}
        raise Refused(str(error), status=422, errors=[fault]) from error
    if graph.key != flow.key:
        said = _("The key of this flow is “%(key)s”, and stays so. Change the line “key:”.") % {
            "key": flow.key
        }
        raise Refused(said, status=422, errors=[{"line": 1, "text": said, "path": ["key"]}])
    return JsonResponse({"graph": as_json(graph)})


@answering("GET")
def download_yaml(request: HttpRequest, flow: Flow) -> HttpResponse:
    return _file(flow, to_yaml(read(flow.draft)), f"{flow.key}.yaml", "application/yaml")


@answering("GET")
def download_mermaid(request: HttpRequest, flow: Flow) -> HttpResponse:
    text = to_mermaid(read(flow.draft), language=get_language() or "en")
    return _file(flow, text, f"{flow.key}.mmd", "text/plain")


@answering("GET")
def download_rasa(request: HttpRequest, flow: Flow) -> HttpResponse:
    text = to_rasa(read(flow.draft), get_language() or "en")
    return _file(flow, text, f"{flow.key}.rasa.yaml", "application/yaml")


def _file(flow: Flow, text: str, name: str, kind: str) -> HttpResponse:
    audit.record(audit.Action.EXPORTED, flow, key=flow.key, after={"file": name})
    told = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        text, content_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": told or ""}
    )
