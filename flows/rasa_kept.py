"""What a flow holds that Rasa's form cannot say, kept in the metadata of its steps. Pure.

Rasa passes over it. So a flow that was exported comes back as it was; what was changed in Rasa meanwhile
(texts, the order of the steps, where they lead) is read from there. It is JSON in a text: YAML leaves open
what is a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from flows.graph import Graph
from flows.texts import PLACEHOLDER

NAME = "causerie"
LONGEST = 500_000  # characters
# Of each kind of step; where it leads stands in Rasa's own words, unless Rasa has none.
FIELDS: dict[str, tuple[str, ...]] = {
    "ask": ("otherwise",),
    "form": ("slots", "optional", "again", "otherwise"),  # together, since a flow's slots are kept too
    "choose": ("options", "most_asks", "slot"),
    "branch": ("cases",),
    "set": ("values",),
    "act": ("action", "given", "takes", "failed", "pending"),
    "answer": ("question", "unknown"),
    "handoff": ("reason",),
    "call": ("gives", "takes"),
    "end": ("outcome",),
    "say": ("cards",),
}
OF_FLOW = ("name", "description", "examples", "unlike", "when", "begins", "any_language", "repair")


def of_step(node: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Its fields, and texts of it that name something else than slots: Rasa knows nothing but these."""
    dumped = node.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    fields = {name: dumped[name] for name in FIELDS[node.kind] if name in dumped}
    if node.kind == "handoff":
        fields["reason"] = node.reason  # Rasa's own is another than our usual one
    text = {code: line for code, line in getattr(node, "text", {}).items() if _names_a_fact(line)}
    return fields, {"text": text} if text else {}


def _names_a_fact(line: str) -> bool:
    return any("." in name for name in PLACEHOLDER.findall(line))


def of_flow(graph: Graph) -> dict[str, Any]:
    dumped = graph.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "flow": {name: dumped[name] for name in OF_FLOW if name in dumped},
        "slots": {name: {key: one for key, one in slot.items() if key != "ask"}
                  for name, slot in dumped.get("slots", {}).items()},
    }  # fmt: skip


def metadata(kept: Mapping[str, Any]) -> dict[str, str]:
    return {NAME: orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()}


def read(step: Mapping[str, Any]) -> dict[str, Any]:
    """Of a step of Rasa's, as it was written; {} where nothing of ours stands there, or nothing readable."""
    given = step.get("metadata")
    text = given.get(NAME) if isinstance(given, Mapping) else None
    if not isinstance(text, str) or len(text) > LONGEST:
        return {}
    try:
        kept = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return kept if isinstance(kept, dict) else {}
