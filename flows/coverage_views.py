"""What customers did with a version of a flow, for the editor: numbers, and where people left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from flows import publishing
from flows.coverage import PERIODS, Coverage, coverage, since
from flows.graph import Graph
from flows.models import Flow, FlowVersion
from flows.receiving import answering
from flows.tested import Tested, tested
from flows.walked import REACHED, Walked
from flows.walked_words import WORDS

TOLD = ("begun", "done", "given_up", "cancelled", "handed_over", "person", "left", "lost", "under_way")
MOST_VERSIONS = 200


@answering("GET")
def customers(request: HttpRequest, flow: Flow) -> HttpResponse:
    """`days` is one of the periods, `version` a number; without them 30 days of what customers get."""
    numbers = list(flow.versions.values_list("number", flat=True)[:MOST_VERSIONS])
    if not numbers:
        return JsonResponse({"versions": []})
    asked, days = request.GET.get("version", ""), request.GET.get("days", "")
    period = int(days) if days in {str(one) for one in PERIODS} else 30
    version = _version(flow, int(asked) if asked in {str(one) for one in numbers} else None)
    graph = publishing.read(version.graph)
    told = _told(flow, version, graph, coverage(version.pk, since=since(period)))
    told |= {"tests": _tests(graph, tested(flow.key, version.number))}
    return JsonResponse(told | {"versions": _versions(flow, numbers), "days": period, "periods": PERIODS})


def _version(flow: Flow, number: int | None) -> FlowVersion:
    """The one that is asked for; else what customers get, else the latest."""
    if number is not None:
        return get_object_or_404(FlowVersion, flow=flow, number=number)
    return flow.published or flow.trial or flow.versions.all()[0]


def _versions(flow: Flow, numbers: list[int]) -> list[dict[str, Any]]:
    out = {flow.published.number: "published"} if flow.published else {}
    out |= {flow.trial.number: "trial"} if flow.trial else {}
    return [{"number": number, "is": out.get(number, "")} for number in numbers]


def _told(flow: Flow, version: FlowVersion, graph: Graph, found: Coverage) -> dict[str, Any]:
    """`line` names the conversations behind a number, for the list of conversations."""

    def line(kind: str, node: str) -> str:
        return str(Walked(kind, flow.key, version.number, node))

    return {
        "number": version.number,
        "graph": publishing.as_json(graph),
        "totals": [_number(kind, found.totals[kind]) for kind in TOLD],
        "steps": [
            {"node": node.id, "times": max(0, found.reached[node.id]), "line": line(REACHED, node.id)}
            for node in graph.nodes
        ],
        "ways": [{"from": one, "to": other, "times": times} for (one, other), times in found.ways.items()],
        "leaving": [
            _number(kind, times) | {"node": node, "line": line(kind, node)}
            for node, kind, times in found.leaving
        ],
    }


def _tests(graph: Graph, found: Tested) -> dict[str, Any]:
    missed = [node.id for node in graph.nodes if not found.steps.get(node.id)]
    return {"run": found.tests, "elsewhere": found.elsewhere, "missed": missed}


def _number(kind: str, times: int) -> dict[str, Any]:
    return {"kind": kind, "text": str(WORDS[kind]), "times": max(0, times)}
