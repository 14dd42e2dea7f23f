"""The flows of the database as the runner's library: what is published, and what conversations still walk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress

from pydantic import ValidationError

from flows.graph import Graph
from flows.library import Shelf
from flows.models import Flow, FlowVersion, StandardWord
from flows.state import State
from flows.stock import Own


def shelf(
    state: State, *, conversation: str = "", confirmed_actions: frozenset[str] = frozenset(),
    pinned: Mapping[str, int] | None = None,
) -> Shelf:  # fmt: skip
    """All that a step from this state may need, in three queries. A named conversation may get trials;
    `pinned` versions stand in the place of what is published."""
    if pinned is not None:
        now = pinned_flows(pinned)
    else:
        now = _flows_for(conversation) if conversation else published_flows()
    return Shelf(now, _older(state, now), confirmed_actions, own_words())


def own_words() -> Own:
    """The company's own words in the place of ours. One query."""
    found: dict[str, dict[str, str]] = {}
    for word in StandardWord.objects.only("name", "language", "text"):
        found.setdefault(word.name, {})[word.language] = word.text
    return found


def published_flows() -> dict[str, tuple[int, Graph]]:
    """What customers get, by key: (version, flow). One query."""
    flows = Flow.objects.published().select_related("published")
    return {flow.key: (flow.published.number, graph_of(flow.published)) for flow in flows if flow.published}


def pinned_flows(versions: Mapping[str, int]) -> dict[str, tuple[int, Graph]]:
    """These versions by key, without those that are gone or whose flow is archived. One query."""
    rows = FlowVersion.objects.filter(flow__key__in=versions, flow__archived_at=None)
    wanted = rows.filter(number__in=set(versions.values())).select_related("flow")
    found = {row.flow.key: row for row in wanted if versions[row.flow.key] == row.number}
    return {key: (row.number, graph_of(row)) for key, row in sorted(found.items())}


def _flows_for(conversation: str) -> dict[str, tuple[int, Graph]]:
    flows = Flow.objects.begun_by_customers().select_related("published", "trial")
    chosen = {flow.key: version_for(flow, conversation) for flow in flows}
    return {key: (version.number, graph_of(version)) for key, version in chosen.items() if version}


def version_for(flow: Flow, conversation: str) -> FlowVersion | None:
    """What a conversation begins under this key."""
    on_trial = flow.trial is not None and lot(conversation, flow.key) < flow.trial_share
    return flow.trial if on_trial else flow.published


def lot(conversation: str, flow: str) -> int:
    """0 to 99: always the same for a conversation and a flow, and for each flow another."""
    digest = hashlib.blake2b(f"{conversation}/{flow}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % 100


def _older(state: State, now: dict[str, tuple[int, Graph]]) -> dict[tuple[str, int], Graph]:
    wanted = {(frame.flow, frame.version) for frame in state.frames}
    wanted -= {(key, number) for key, (number, _) in now.items()}
    return {pair: graph for pair, graph in _versions({key for key, _ in wanted}) if pair in wanted}


def _versions(keys: set[str]) -> Iterable[tuple[tuple[str, int], Graph]]:
    if not keys:
        return
    for version in FlowVersion.objects.filter(flow__key__in=keys).select_related("flow"):
        yield (version.flow.key, version.number), graph_of(version)


# A version never changes, and reading a graph of 500 steps takes milliseconds.
_read: dict[int, Graph] = {}
MOST_READ = 512


def graph_of(version: FlowVersion) -> Graph:
    if version.pk not in _read:
        if len(_read) >= MOST_READ:
            _read.clear()
        _read[version.pk] = Graph.model_validate(version.graph)
    return _read[version.pk]


def changed_drafts() -> list[Graph]:
    """Those that differ from what customers get, but for drafts that do not read yet."""
    found = []
    for flow in Flow.objects.in_use().select_related("published"):
        if flow.draft and (flow.published is None or flow.draft != flow.published.graph):
            with suppress(ValidationError):
                found.append(Graph.model_validate(flow.draft))
    return found
