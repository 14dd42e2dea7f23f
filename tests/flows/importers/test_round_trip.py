"""A flow that is exported for Rasa and imported again walks the same, whatever the customer answers."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from flows.form_steps import asked_in_words
from flows.graph import Form, Graph
from flows.importers.rasa import RASA
from flows.library import Shelf
from flows.rasa_form import to_rasa
from flows.slot import Slot
from flows.state import ChooseOption, Command, Confirm, FillForm, Frame, NotUnderstood, SetSlot, StartFlow
from flows.yaml_form import from_yaml
from tests.flows.importers.exports import RASA_CALM, Read
from tests.flows.shop import CONTACT, ORDER, RETURN
from tests.flows.talking import Talk
from tests.source import ROOT

SAMPLES = sorted((ROOT / "flows" / "sample").glob("*.yaml"))
STARTERS = sorted((ROOT / "flows" / "stock" / "starters").glob("*.yaml"))
VALUES: dict[str, list[Any]] = {
    "yes_no": [True, False], "number": [1, 7.5], "date": ["2026-12-01"], "time": ["15:00"],
    "moment": ["2026-12-01T15:00"], "email": ["ann@example.org"], "phone": ["+33612345678"],
    "money": [{"amount": "12.50", "currency": "EUR"}], "code": ["LP-2041170", "A1234"],
    "period": [{"from": "2026-12-01T15:00", "to": "2026-12-01T16:00"}],
}  # fmt: skip
WRITTEN = ["", "ann@example.org", "2030-12-01", "some words", "15:00"]
WALKS, LONGEST = 40, 15


def there_and_back(*graphs: Graph) -> dict[str, Graph]:
    files = {f"{graph.key}.yml": to_rasa(graph) for graph in graphs}
    read = Read(RASA, files)
    assert not [line for line in read.made.report if line.code in ("not_valid", "unknown_step", "no_target")]
    return read.flows


def graphs_of(path: Path) -> list[Graph]:
    return [from_yaml(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", [*SAMPLES, *STARTERS], ids=lambda path: path.stem)
def test_our_samples_come_back_and_walk_the_same(path: Path) -> None:
    graphs = graphs_of(path)
    back = there_and_back(*graphs)
    for graph in graphs:
        _compare(graph, back[graph.key], graphs, list(back.values()))


def test_a_form_comes_back_as_it_was() -> None:
    graph = from_yaml(
        CONTACT.replace("    optional: [day]", "    optional: [day]\n    again: true\n    otherwise: thanks")
    )
    back = there_and_back(graph)["contact"]
    assert back.node("details") == graph.node("details")
    assert len(back.nodes) == len(graph.nodes)


def test_a_form_that_was_changed_in_rasa_is_asked_slot_by_slot() -> None:
    steps = to_rasa(from_yaml(CONTACT)).replace("collect: email", "action: utter_contact_thanks")
    back = Read(RASA, {"x.yml": steps}).flows["contact"]
    assert not any(isinstance(node, Form) for node in back.nodes)
    assert {"ask", "say"} <= {node.kind for node in back.nodes}


@pytest.mark.parametrize("text", [RETURN, ORDER, CONTACT])
def test_what_begins_a_flow_and_what_its_slots_are_comes_back(text: str) -> None:
    graph = from_yaml(text)
    back = there_and_back(graph)[graph.key]
    assert (back.name, back.examples, back.when) == (graph.name, graph.examples, graph.when)
    assert {name: slot for name, slot in back.slots.items() if name in graph.slots} == graph.slots
    _compare(graph, back, [graph], [back])


def test_a_bot_of_rasas_goes_there_and_back() -> None:
    first = Read(RASA, RASA_CALM).flows
    again = there_and_back(*first.values())
    begun = first["transfer_money"]
    _compare(begun, again[begun.key], list(first.values()), list(again.values()))


def test_what_was_changed_in_rasa_is_read_from_there() -> None:
    graph = from_yaml(RETURN)
    changed = to_rasa(graph).replace("Why do you return it?", "What is wrong with it?")
    back = Read(RASA, {"x.yml": changed}).flows["return"]
    assert back.slots["reason"].ask["en"] == "What is wrong with it?"
    assert back.slots["order"].pattern == graph.slots["order"].pattern


@pytest.mark.parametrize("kept", ["[", "7", '{"flow": {"examples": [7]}}', '{"slots": {"order": 3}}',
                                  '{"cases": [{"when": 1}]}', '{"options": [1], "text": {"en": 4}}',
                                  '{"confirms": true, "action": {"a": 1}}', '{"form": {"slots": [3]}}',
                                  '{"form": {"slots": ["order", "reason", "label"]}}'])  # fmt: skip
def test_what_somebody_else_has_written_there_is_passed_over(kept: str) -> None:
    files = {"x.yml": to_rasa(from_yaml(RETURN))}
    lines = re.sub(r"causerie: .*", lambda _: f"causerie: {kept!r}", files["x.yml"])
    assert Read(RASA, {"x.yml": lines}).flows["return"].nodes


def _compare(graph: Graph, back: Graph, ours: list[Graph], theirs: list[Graph]) -> None:
    for seed in range(WALKS):
        chosen = random.Random(seed)
        first, second = Talk(Shelf.of(*ours)), Talk(Shelf.of(*theirs))
        said = [(first.hear(StartFlow(graph.key)), second.hear(StartFlow(back.key)))]
        for _turn in range(LONGEST):
            if not first.state.frames or first.handed_over:
                break
            said.append(_go_on(first, second, chosen))
            assert said[-1][0] == said[-1][1], said
        assert first.under_way == second.under_way and first.over_with == second.over_with, said


def _go_on(first: Talk, second: Talk, chosen: random.Random) -> tuple[str, str]:
    """The same happens in both."""
    assert first.state.top is not None
    waiting = first.state.top.waiting
    flow = first.library.flow(first.state.top.flow, first.state.top.version)
    node = flow.node(first.state.top.node) if flow else None
    if waiting == "action":
        assert first.to_do and second.to_do and first.to_do.action == second.to_do.action
        assert dict(first.to_do.given) == dict(second.to_do.given)
        ok, data = chosen.random() < 0.8, _brought(node, chosen)
        return first.acted(ok, data), second.acted(ok, data)
    if waiting == "answer":
        assert first.question == second.question
        found = chosen.random() < 0.5
        return first.answered(found), second.answered(found)
    command = _command(waiting, node, flow, first.state.top, chosen)
    return first.hear(command), second.hear(command)


def _command(waiting: str, node: Any, flow: Graph | None, frame: Frame, chosen: random.Random) -> Command:
    if chosen.random() < 0.1:
        return NotUnderstood()
    if waiting == "choice":
        return ChooseOption(chosen.choice([option.value for option in node.options]))
    if waiting == "confirmation":
        return Confirm(chosen.random() < 0.7)
    if waiting == "form":
        return FillForm({name: chosen.choice(WRITTEN) for name in node.slots})
    name = asked_in_words(flow, node, frame)
    slot = flow.slots[name] if flow else Slot()
    values = [choice.value for choice in slot.choices] or VALUES.get(slot.kind, ["some words"])
    return SetSlot(name, chosen.choice(values))


def _brought(node: Any, chosen: random.Random) -> Any:
    """Something at each place that the step takes from."""
    data: dict[str, Any] = {}
    for path in getattr(node, "takes", {}).values():
        value = chosen.choice(["some", "found", "2026-12-01T15:00", 3, True])
        place = data
        for name in path.split(".")[:-1] if path else ():
            place = place.setdefault(name, {})
        if path:
            place[path.split(".")[-1]] = value
    return data or [{"value": "2026-12-01T15:00", "label": "tomorrow"}]
