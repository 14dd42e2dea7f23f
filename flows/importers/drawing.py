"""One flow while it is put together: steps as data, which lead to steps that may come later. Pure.

`finish()` makes it a graph: what leads nowhere ends the flow, what nobody reaches is left out, what the steps
name is declared. The graph's own model then has the last word: it is taken whole, or not at all.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from flows.graph import MOST_NODES, Graph
from flows.importers.confirming import Confirming
from flows.importers.drawn import change_targets, in_slot, slots_asked, slots_named, targets
from flows.importers.layout import laid_out
from flows.importers.naming import Keys, in_words
from flows.importers.project import Project, examples_of

Node = dict[str, Any]
ENDS = {"handoff", "end"}
LONGEST_VALUE = 120


class Drawing:
    def __init__(self, project: Project, name: str, *, where: str = "", what: str = "flow") -> None:
        self.project, self.where, self.what = project, where or name, what
        self.key = project.flow_keys.of(name)
        self.fields: dict[str, Any] = {"name": project.text(in_words(name)[:LONGEST_VALUE])}
        self.nodes: dict[str, Node] = {}
        self.slots: dict[str, dict[str, Any]] = {}
        self._ids = Keys("step")
        self._leads: dict[str, str] = {}  # steps that turned out to be none: where they lead

    def new_id(self, hint: str) -> str:
        """A name for a step that is drawn later."""
        return self._ids.new(hint)

    def chain(self, steps: list[Node], *, then: str, at: str = "") -> str:
        """Steps one after the other, then the one called `then`; gives the first one's name (or `at`)."""
        wanted = steps
        for number, step in enumerate(steps):
            if step["kind"] in ENDS:
                wanted = steps[: number + 1]
                break
        ids = [self.new_id(step.pop("hint", "") or step["kind"]) for step in wanted]
        if not ids:
            if at:
                self._leads[at] = then
            return at or then
        ids[0] = at or ids[0]
        for number, step in enumerate(wanted):
            self._add(ids[number], step, then=[*ids, then][number + 1])
        return ids[0]

    def _add(self, name: str, step: Node, *, then: str) -> None:
        step = {**step, "id": name}
        if step["kind"] == "choose":
            step["options"] = _apart([{"next": then, **option} for option in step["options"]])
        elif step["kind"] not in ENDS:
            step.setdefault("next", then)
        self.nodes[name] = step

    def alias(self, name: str, target: str) -> None:
        self._leads[name] = target

    def finish(self, start: str) -> Graph | None:
        """The graph, among the project's flows; None, and a line of the report, where it is none."""
        for node in self.nodes.values():
            change_targets(node, self._target)
        start = self._target(start)
        reached = self._reached(start)
        unreached = len(self.nodes) - len(reached)
        start, reached = self._asked_once(start, reached)
        if unreached:
            self.project.left("step", self.where, "not_reached", number=unreached)
        if not reached:
            self.project.left(self.what, self.where, "no_steps")
            return None
        if len(reached) > MOST_NODES:
            self.project.left(self.what, self.where, "too_many_steps", number=len(reached), most=MOST_NODES)
            return None
        return self._made(start, reached)

    def _made(self, start: str, reached: list[str]) -> Graph | None:
        nodes = [self.nodes[name] for name in reached]
        examples = examples_of(self.fields.pop("examples", {}))
        data = {
            **self.fields,
            "key": self.key,
            "examples": examples,
            "start": start,
            "nodes": nodes,
            "slots": self._declared(nodes),
            "layout": laid_out(start, {node["id"]: [*targets(node)] for node in nodes}),
        }
        try:
            graph = Graph.model_validate(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = " → ".join(str(part) for part in first["loc"])
            self.project.left(self.what, self.where, "not_valid", reason=f"{place}: {first['msg']}")
            return None
        self.project.made.flows.append(graph)
        self.project.mapped(self.what, self.where, "became_flow", flow=self.key, number=len(nodes))
        if graph.begins and not examples:
            self.project.draft(self.what, self.where, "no_examples", flow=self.key)
        return graph

    def _asked_once(self, start: str, reached: list[str]) -> tuple[str, list[str]]:
        """With the questions about its programs where these are done, and what the programs are given."""
        nodes = [self.nodes[name] for name in reached]
        self._give(nodes)
        asked = Confirming(self.project, nodes, start, self._slots())
        asked.settle(where=self.where, flow=self.key)
        for name in asked.spare:
            self.slots.pop(name, None)
        self.project.answers |= asked.spare
        self.nodes = asked.nodes
        return asked.start, self._reached(asked.start)

    def _give(self, nodes: list[Node]) -> None:
        """A program saw all that was known: its tool is given what the flow has asked for, or what it
        names."""
        filled = dict.fromkeys(slot for node in nodes for slot in slots_asked(node))
        for name in (one for node in nodes if node["kind"] == "set" for one in node["values"]):
            filled.setdefault(name)
        names = self.project.slot_keys.names()
        for node in (one for one in nodes if one["kind"] == "act"):
            if node["given"] is None:
                node["given"] = {name: f"{{{name}}}" for name in filled}
            kinds = {name: self._kind(template) for name, template in node["given"].items()}
            self.project.programs.given(node["action"], kinds, names)

    def _slots(self) -> dict[str, dict[str, Any]]:
        """As this flow has them, those that it does not use among them."""
        names = [*self.project.slots, *self.slots]
        return {name: {**self.project.slots.get(name, {}), **self.slots.get(name, {})} for name in names}

    def _kind(self, template: str) -> str:
        """Of the slot that an argument is filled with; a text with more in it is one."""
        slot = template[1:-1] if template[:1] == "{" and template[-1:] == "}" else ""
        return str({**self.project.slots.get(slot, {}), **self.slots.get(slot, {})}.get("kind", "text"))

    def _declared(self, nodes: list[Node]) -> dict[str, dict[str, Any]]:
        named = dict.fromkeys([*(name for node in nodes for name in slots_named(node)), *self.slots])
        slots = self._slots()
        declared = {name: slots.get(name, {}) for name in named}
        more = {name for slot in declared.values() for name in in_slot(slot)} - set(declared)
        return {**declared, **{name: self.project.slots.get(name, {}) for name in sorted(more)}}

    def _target(self, name: str) -> str:
        """Where a name really leads: past steps that turned out to be none; to the end if unknown."""
        seen = set()
        while name in self._leads and name not in self.nodes and name not in seen:
            seen.add(name)
            name = self._leads[name]
        return name if name in self.nodes else ""

    def _reached(self, start: str) -> list[str]:
        """In the order in which a conversation comes to them."""
        reached = [start] if start else []
        known = set(reached)
        for name in reached:  # grows while it is walked
            for target in targets(self.nodes[name]):
                if target and target not in known:
                    known.add(target)
                    reached.append(target)
        return reached


def _apart(options: list[Node]) -> list[Node]:
    """No two with the same value, and none without."""
    used: set[str] = set()
    for number, option in enumerate(options, 1):
        value = str(option["value"]).strip()[:LONGEST_VALUE] or str(number)
        option["value"] = value if value not in used else f"{value[:110]} ({number})"
        used.add(option["value"])
    return options
