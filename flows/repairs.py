"""The flows for everyday trouble that come with the product; a company's own replace them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flows.graph import Graph
from flows.yaml_form import from_yaml

FOLDER = Path(__file__).with_name("stock") / "repairs"


@cache
def stock_repairs() -> dict[str, tuple[int, Graph]]:
    """By the trouble that they deal with: (version 0, the flow)."""
    flows = [from_yaml(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    return {flow.repair: (0, flow) for flow in flows}
