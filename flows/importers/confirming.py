"""A question of the bot about an action is the one that customers are asked before it is done. Pure.

Else they are asked twice: by the bot, and by the runner, which asks before whatever writes. A slot for yes
and no becomes the question of the action's own step; of two buttons, one is a yes to the action. So nothing
is done without a yes to a question directly before it. Only where a yes leads straight to a program of the
bot, with no input between, and nothing else leads there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flows.conditions import Condition, facts_named, holds
from flows.importers.drawn import change_targets, in_slot, slots_in_texts, slots_named
from flows.importers.drawn import targets as targets_of
from flows.importers.project import Project
from flows.importers.steps import Node, Text, assign, yes_or_no

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
LONGEST = 100  # of a question as it is told in the report
Slots = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class _Answers:
    """What is kept of a yes and of a no, and where each leads."""

    slot: str
    kept: tuple[Any, Any]
    leads: tuple[str, str]


@dataclass(frozen=True)
class _Question:
    """What is asked, and how it is answered. `gone` are the steps that are not needed any more,
    `passed` those on the way to `act`, which need nothing of anybody."""

    asked: Node
    text: Text
    answers: _Answers
    gone: list[Node]
    passed: list[Node]
    act: Node


class Confirming:
    """The steps of one flow, and where it starts; asked once after `settle`."""

    def __init__(self, project: Project, nodes: list[Node], start: str, slots: Slots) -> None:
        self.project, self.start, self.slots = project, start, slots
        self.nodes = {node["id"]: node for node in nodes}
        self.spare: set[str] = set()  # slots that were nothing but the answer

    def settle(self, *, where: str, flow: str) -> None:
        for name in list(self.nodes):
            node = self.nodes.get(name)
            if node and (found := self._question(node)):
                self._settle(found)
                asked = next(iter(found.text.values()))[:LONGEST]
                self.project.mapped(
                    "step", where, "asked_once", question=asked, action=found.act["action"], flow=flow
                )

    # --- which questions

    def _question(self, node: Node) -> _Question | None:
        if node["kind"] == "choose":
            answers, text, gone = _offered(node), node["text"], list[Node]()
        elif node["kind"] == "ask":
            branch = self.nodes.get(node["next"], {})
            text = self.slots.get(node["slot"], {}).get("ask", {})
            answers, gone = self._told_apart(node, branch), [node, branch]
        else:
            return None
        passed = self._on_the_way(answers.leads[0], [node, *gone]) if answers and text else []
        if not answers or not passed:
            return None
        return _Question(node, text, answers, gone, passed[:-1], passed[-1])

    def _told_apart(self, ask: Node, branch: Node) -> _Answers | None:
        """A slot for yes and no, and a branch that looks at nothing else."""
        kept = _yes_and_no(self.slots.get(ask["slot"], {}))
        if branch.get("kind") != "branch" or not kept or ask.get("otherwise"):
            return None
        cases = _cases(branch)
        looked_at = {fact for when, _next in cases for fact in facts_named(when)}
        if looked_at != {f"slots.{ask['slot']}"} or self._led_to()[branch["id"]] != 1:
            return None
        yes, no = (_led(cases, branch["next"], {"slots": {ask["slot"]: value}}) for value in kept)
        return _Answers(ask["slot"], kept, (yes, no)) if yes != no else None

    def _on_the_way(self, name: str, gone: list[Node]) -> list[Node]:
        """The steps from a yes to the action, with it; [] where they lead elsewhere."""
        found: list[Node] = []
        times = self._led_to()
        while (node := self.nodes.get(name)) and times[name] == 1 and node not in [*gone, *found]:
            found.append(node)
            if node["kind"] == "act":
                return found if self._may_ask(node, found[:-1]) else []
            if node["kind"] not in ("say", "set"):
                return []
            name = node["next"]
        return []

    def _may_ask(self, act: Node, passed: list[Node]) -> bool:
        """A program of the bot that asks nothing itself; what is kept on the way stands fast."""
        values = [value for node in passed for value in node.get("values", {}).values()]
        fills = any(name for value in values for name in slots_in_texts(value))
        return not fills and not act.get("confirm") and self.project.programs.has(act["action"])

    def _led_to(self) -> Counter[str]:
        """How many ways lead to each step; the beginning is one."""
        ways = Counter(target for node in self.nodes.values() for target in targets_of(node))
        return ways + Counter([self.start])

    # --- one of them

    def _settle(self, found: _Question) -> None:
        """What is said on the way is said after it, and what is kept there is given to it as it is."""
        kept: dict[str, Any] = {}
        for node in found.passed:
            kept |= node.get("values", {})
        known = dict(kept)
        if found.asked["kind"] == "choose":
            self._agree(found)
        else:
            known[found.answers.slot] = found.answers.kept[0]
            kept |= self._ask_itself(found)
        act = found.act
        act["given"] = {name: _with(known, said) for name, said in act["given"].items()}
        then = act["next"]
        for node in reversed([node for node in found.passed if node["kind"] == "say"]):
            node["next"], then = then, node["id"]
        for node in (one for one in found.passed if one["kind"] == "set"):
            del self.nodes[node["id"]]
        act["next"] = self._kept(f"{act['id']}_yes", kept, then)

    def _agree(self, found: _Question) -> None:
        """Buttons stay, with all that customers say for them: the one for yes is a yes to the action."""
        yes = next(option for option in found.asked["options"] if option["value"] == found.answers.kept[0])
        yes["next"] = yes["confirms"] = found.act["id"]

    def _ask_itself(self, found: _Question) -> dict[str, Any]:
        """The action's step asks instead of those that did. Gives what is kept of a yes, where anything else
        looks at it."""
        act, slot, asked = found.act, found.answers.slot, found.asked["id"]
        for node in found.gone:
            del self.nodes[node["id"]]
        declined, kept = found.answers.leads[1], dict[str, Any]()
        if self._is_named(slot, act):
            kept[slot] = found.answers.kept[0]
            declined = self._kept(f"{act['id']}_no", {slot: found.answers.kept[1]}, declined)
        else:
            self.spare.add(slot)
        act.update(confirm=found.text, declined=declined)
        for node in self.nodes.values():
            change_targets(node, lambda name: act["id"] if name == asked else name)
        self.start = act["id"] if self.start == asked else self.start
        return kept

    def _is_named(self, slot: str, act: Node) -> bool:
        """Whether anything else looks at the answer."""
        others = [{**node, "given": {}} if node is act else node for node in self.nodes.values()]
        inner = [name for one in self.slots.values() for name in in_slot(dict(one))]
        return bool(slot) and slot in {*inner, *(name for node in others for name in slots_named(node))}

    def _kept(self, name: str, values: dict[str, Any], then: str) -> str:
        """A step that keeps them, then the one called `then`."""
        for step in assign(values):
            free = name[:60]
            while free in self.nodes:
                free = f"{free[:57]}_{len(self.nodes) % 100}"
            self.nodes[free] = {**step, "id": free, "next": then}
            return free
        return then


def _offered(choose: Node) -> _Answers | None:
    """Buttons of which one is a yes, and one a no."""
    options = {meaning: option for option in choose["options"] if (meaning := _meaning(option))}
    if set(options) != {"yes", "no"} or len([one for one in choose["options"] if _meaning(one)]) != 2:
        return None
    yes, no = options["yes"], options["no"]
    return _Answers(choose.get("slot", ""), (yes["value"], no["value"]), (yes["next"], no["next"]))


def _meaning(option: Node) -> str:
    found = {yes_or_no(said) for said in (option["value"], *option["label"].values())} - {""}
    return found.pop() if len(found) == 1 else ""


def _yes_and_no(slot: Mapping[str, Any]) -> tuple[Any, Any] | None:
    """What a slot holds after a yes and after a no; None for one that is for more than that."""
    if slot.get("kind") == "yes_no":
        return True, False
    values = {yes_or_no(one["value"]): one["value"] for one in slot.get("choices", ())}
    return (values["yes"], values["no"]) if len(values) == 2 and set(values) == {"yes", "no"} else None


def _cases(branch: Node) -> list[tuple[Any, str]]:
    """Its conditions as they are walked, and where each leads; [] where one of them does not read."""
    try:
        return [(CONDITION.validate_python(case["when"]), case["next"]) for case in branch["cases"]]
    except ValidationError:
        return []


def _led(cases: list[tuple[Any, str]], otherwise: str, facts: dict[str, Any]) -> str:
    """Where a branch leads whoever gave that answer."""
    return next((target for when, target in cases if holds(when, facts)), otherwise)


def _with(values: dict[str, Any], template: str) -> str:
    """With what is known to stand there."""
    for name, value in values.items():
        said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        template = template.replace(f"{{{name}}}", said)
    return template
