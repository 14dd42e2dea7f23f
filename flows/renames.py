"""Which steps were only given another name between two versions of a flow. Pure."""

from __future__ import annotations

from collections import Counter
from typing import Any

TARGETS = ("next", "otherwise", "failed", "declined", "unknown")
Dump = dict[str, Any]  # a graph or a part of it as plain data


def renamed(old: Dump, new: Dump) -> tuple[Dump, Dump, dict[str, str]]:
    """Both, the old one with the new names, and which they are: {old name: new name}.

    A step that went and one that came are the same where all but the name is, and it is true of no other.
    """
    were, are = ({node["id"] for node in graph["nodes"]} for graph in (old, new))
    changing = were ^ are
    went = _by_content(old, were - are, changing)
    came = _by_content(new, are - were, changing)
    names = {went[content]: came[content] for content in went if content in came}
    return (_with_names(old, names) if names else old), new, names


def _by_content(graph: Dump, among: set[str], changing: set[str]) -> dict[str, str]:
    """The name of each step by what it is, without those of which there are two."""
    blanks = dict.fromkeys(changing, "?")
    contents = {
        node["id"]: repr({**_pointed(node, blanks), "id": ""})
        for node in graph["nodes"]
        if node["id"] in among
    }
    times = Counter(contents.values())
    return {content: name for name, content in contents.items() if times[content] == 1}


def _with_names(graph: Dump, names: dict[str, str]) -> Dump:
    nodes = [{**_pointed(node, names), "id": names.get(node["id"], node["id"])} for node in graph["nodes"]]
    layout = {names.get(name, name): place for name, place in graph["layout"].items()}
    start = names.get(graph["start"], graph["start"])
    return {**graph, "nodes": nodes, "layout": layout, "start": start}


def _pointed(part: Dump, names: dict[str, str]) -> Dump:
    """With its ways on leading to the other names."""
    changed: Dump = {field: names.get(part[field], part[field]) for field in TARGETS if field in part}
    for field in ("options", "cases"):
        if field in part:
            changed[field] = tuple(_pointed(one, names) for one in part[field])
    return {**part, **changed}
