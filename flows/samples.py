"""The sample company's flows, so that there is something to walk: loaded once, then the staff's own."""

from __future__ import annotations

from pathlib import Path

import yaml

from flows import publishing
from flows.graph import Graph
from flows.models import Flow

FOLDER = Path(__file__).with_name("sample")


def sample_flows() -> list[Graph]:
    texts = (path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml")))
    return [Graph.model_validate(yaml.safe_load(text)) for text in texts]


def load_sample_flows() -> int:
    """Publish those that are not there yet; returns how many."""
    known = set(Flow.objects.values_list("key", flat=True))
    new = [graph for graph in sample_flows() if graph.key not in known]
    for graph in new:
        flow = publishing.create_flow(graph, author=None)
        publishing.publish(flow.pk, author=None)
    return len(new)
