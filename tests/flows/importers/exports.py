"""Small exports of each kind, and how a test reads one without a process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.graph import Graph
from flows.importers.base import Imported, Importer
from untrusted.base import RawFile, Refusal
from untrusted.together import Files


class Read:
    """What an importer makes of files (names → text, or what is to be JSON)."""

    def __init__(self, importer: Importer, files: dict[str, Any], language: str = "en") -> None:
        data = {name: one if isinstance(one, bytes) else as_text(one).encode() for name, one in files.items()}

        def open_file(name: str) -> RawFile:
            if len(data[name]) > 50_000_000:
                raise Refusal("file_too_large", most=50)
            return RawFile(name, data[name])

        together = Files(list(data), open_file)
        self.claimed = importer.claim(together)
        self.made: Imported = importer.load(together, self.claimed, language) if self.claimed else Imported()

    @property
    def flows(self) -> dict[str, Graph]:
        return {flow.key: flow for flow in self.made.flows}

    def codes(self, level: str = "") -> set[tuple[str, str]]:
        return {(line.where, line.code) for line in self.made.report if level in ("", line.level)}

    def code_of(self, where: str) -> str:
        return next(line.code for line in self.made.report if line.where == where)


def as_text(content: Any) -> str:
    return content if isinstance(content, str) else json.dumps(content)


def kinds(flow: Graph) -> list[str]:
    return [node.kind for node in flow.nodes]


BOTS = Path(__file__).with_name("bots")


def bot(name: str) -> Any:
    """One of the small exports beside this file."""
    text = (BOTS / name).read_text("utf-8")
    return json.loads(text) if name.endswith(".json") else text


CALM = bot("calm_flows.yml")
RASA_CALM = {
    "flows.yml": CALM,
    "domain.yml": bot("calm_domain.yml"),
    "nlu.yml": bot("calm_nlu.yml"),
    "e2e/one.yml": bot("calm_tests.yml"),
}
BOTPRESS, CLOUD, TYPEBOT = bot("botpress.json"), bot("botpress_cloud.json"), bot("typebot.json")
# Version 3: the start is a block.
START = {"id": "b0", "type": "start", "label": "Start", "outgoingEdgeId": "e1"}
TYPEBOT_3 = {
    **TYPEBOT,
    "version": "3",
    "events": None,
    "groups": [{"id": "g0", "title": "Start", "blocks": [START]}, *TYPEBOT["groups"]],
    "edges": [{"id": "e1", "from": {"groupId": "g0"}, "to": {"groupId": "g1"}}, *TYPEBOT["edges"][1:]],
}
