"""Bring in another system's bot, or flows of ours as files: read apart, compared, then taken as drafts.

Nothing that customers get is changed: what was published stays until somebody publishes the draft.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from pydantic import ValidationError

from accounts.models import User
from flows.comparing import lines_between
from flows.graph import Graph
from flows.importers.base import Line
from flows.models import Flow
from flows.publishing import FlowError, as_json, bring_back, create_flow, read, replace_draft
from flows.yaml_form import from_yaml
from flows.yaml_reading import YamlError
from untrusted.process import Process, ReadingFailed

READER = "flows.importers.reader"
SECONDS = 20.0  # before the process says how long it may take
MOST_FLOWS = 500
Stand = Literal["new", "changed", "same"]


@dataclass
class Reading:
    """Which systems' bots there are, their flows, and a line for each part. All of it is checked data."""

    bots: list[str] = field(default_factory=list)
    flows: list[Graph] = field(default_factory=list)
    report: list[Line] = field(default_factory=list)
    scenarios: list[dict[str, Any]] = field(default_factory=list)
    webhooks: list[dict[str, Any]] = field(default_factory=list)

    def count(self, level: str) -> int:
        return sum(line.level == level for line in self.report)


@dataclass(frozen=True)
class Offer:
    """A flow that can be taken, beside what is here: `here` is None where that does not read any more, or
    where there is nothing."""

    graph: Graph
    stand: Stand
    is_published: bool = False
    here: Graph | None = None
    flow: Flow | None = None  # whose draft that is

    @property
    def lines(self) -> list[dict[str, str]]:
        """What would be different from what is here, in words: {kind, text}."""
        return lines_between(self.here, self.graph) if self.here and self.stand == "changed" else []


def read_bots(path: Path, *, language: str = "en", most_seconds: float = 600) -> Reading:
    """The bots under a path: a folder, an archive or a file. Raises ReadingFailed if it cannot start."""
    reading, at = Reading(), {"seconds": SECONDS}
    process, began = Process(READER, [str(path.resolve()), language]), time.monotonic()
    importer, ended = "", False

    def patience() -> float:
        return min(at["seconds"], max(0.0, most_seconds - (time.monotonic() - began)) / 2)

    try:
        for message in process.messages(patience):
            if "reading" in message:
                importer, at["seconds"] = str(message["reading"]), float(message["seconds"])
            ended = "end" in message
            _take_in(reading, message)
            if time.monotonic() - began > most_seconds:
                process.late = True
                break
    finally:
        process.end()
    if not ended and not importer:
        raise ReadingFailed(process.complaint())
    if not ended:
        reading.report.append(Line("left_out", "bot", importer, process.reason()))
    return reading


def _take_in(reading: Reading, message: dict[str, Any]) -> None:
    if "refused" in message:
        reading.report.append(Line(**message["refused"]))
    if "bot" not in message:
        return
    reading.bots.append(str(message["bot"]))
    reading.report += [Line(**line) for line in message["report"]]
    reading.scenarios += message["scenarios"]
    reading.webhooks += message["webhooks"]
    for flow in message["flows"][:MOST_FLOWS]:
        _add_flow(reading, flow)
    for written in message["written"][:MOST_FLOWS]:
        _add_written(reading, written["where"], written["yaml"])


def _add_flow(reading: Reading, flow: dict[str, Any]) -> None:
    """The process read files from anywhere: what it says is checked as theirs would be."""
    key = str(flow.get("key"))[:60]
    try:
        graph = Graph.model_validate(flow)
    except ValidationError as error:
        reason = error.errors(include_url=False, include_input=False)[0]["msg"]
        reading.report.append(Line("left_out", "flow", key, "not_valid", {"reason": reason}))
        return
    _add(reading, graph, key)


def _add_written(reading: Reading, where: str, text: str) -> None:
    """One of ours: what is wrong with it is told by its line."""
    try:
        graph = from_yaml(text)
    except YamlError as error:
        reading.report.append(Line("left_out", "file", where, "wrong_yaml", {"reason": str(error)}))
        return
    if _add(reading, graph, where):
        told: dict[str, str | int] = {"flow": graph.key, "number": len(graph.nodes)}
        reading.report.append(Line("mapped", "file", where, "became_flow", told))


def _add(reading: Reading, graph: Graph, where: str) -> bool:
    """Whether it is the first of its key."""
    if any(known.key == graph.key for known in reading.flows):
        reading.report.append(Line("left_out", "flow", where, "key_twice", {"flow": graph.key}))
        return False
    reading.flows.append(graph)
    return True


def offers(flows: list[Graph], here: Mapping[str, Flow] | None = None) -> list[Offer]:
    """Each flow beside the draft that has its key. `here` are these, for whoever has read them."""
    if here is None:
        here = {flow.key: flow for flow in Flow.objects.filter(key__in=[graph.key for graph in flows])}
    return [_offer(here.get(graph.key), graph) for graph in flows]


def _offer(known: Flow | None, graph: Graph) -> Offer:
    return Offer(graph, _stand(known, graph), bool(known and known.published_id), _read(known), known)


def _read(known: Flow | None) -> Graph | None:
    try:
        return read(known.draft) if known else None
    except FlowError:
        return None


def _stand(known: Flow | None, graph: Graph) -> Stand:
    if known is None:
        return "new"
    same = known.draft == as_json(graph) and known.archived_at is None
    return "same" if same else "changed"


@transaction.atomic
def take(flows: list[Graph], *, replace: bool, author: User | None) -> dict[Stand, int]:
    """Make drafts of them, and say how many there were of each. With `replace`, what has the key of a flow
    that is here becomes its draft, and the one that it had is kept; without, it is left alone."""
    done: dict[Stand, int] = {"new": 0, "changed": 0, "same": 0}
    for offer in offers(flows):
        done[offer.stand] += 1
        if offer.stand == "new":
            create_flow(offer.graph, author=author)
        elif offer.stand == "changed" and replace:
            flow = Flow.objects.get(key=offer.graph.key)
            replace_draft(flow.pk, offer.graph, author=author, why="import")
            bring_back(flow.pk)
    return done
