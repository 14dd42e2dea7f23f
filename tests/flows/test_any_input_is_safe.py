"""Whatever the graph and whatever comes in: it ends or waits, and nothing that was said is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.graph import Graph
from flows.library import Shelf
from flows.run import MOST_STEPS, Facts
from flows.runner import LAST_STEPS, step
from flows.state import (
    Acted,
    Answered,
    AnswerFromKnowledge,
    AskKnowledge,
    CancelFlow,
    ChitChat,
    ChooseOption,
    Clarify,
    Confirm,
    CorrectSlot,
    Do,
    Event,
    HandOver,
    Heard,
    NotUnderstood,
    Reached,
    Rejected,
    SetSlot,
    StartFlow,
    State,
    WantPerson,
)

FACTS = Facts(datetime(2026, 11, 28, 10), "fr", {"verified": True})
NAMES = ["a", "b", "c", "d"]
SLOTS = ["one", "two", "three"]
FLOWS = ["first", "second"]
targets = st.sampled_from([*NAMES, "", "nowhere"])
slots = st.sampled_from(SLOTS)
text = st.dictionaries(
    st.sampled_from(["en", "fr"]), st.sampled_from(["Hello {one}", "{", "{slots.two} {x.y}"])
)
values = st.sampled_from(["x", "2026-12-01", "7", 7, True, {"amount": "3", "currency": "EUR"}, ["l"], ""])
tests = st.fixed_dictionaries(
    {
        "fact": st.sampled_from(["slots.one", "slots.two", "customer.verified", "time.hour"]),
        "op": st.sampled_from(["is", "is_not", "above", "known", "unknown", "contains", "one_of"]),
        "value": st.sampled_from(["x", 7, True, None]),
    }
)
cases = st.fixed_dictionaries({"when": tests, "next": targets})
taken = st.just({"two": "id"})
options = st.lists(st.fixed_dictionaries({"value": st.sampled_from(["p", "q"]), "next": targets}), max_size=2)


def node(kind: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **parts})


nodes = st.one_of(
    node("say", text=text, next=targets),
    node("ask", slot=slots, again=st.booleans(), next=targets, otherwise=targets),
    node("choose", text=text, options=options, slot=st.sampled_from(["", "one"]), otherwise=targets),
    node("branch", cases=st.lists(cases, max_size=2), next=targets),
    node("act", given=st.just({"x": "{one}"}), takes=taken, confirm=text, next=targets, failed=targets),
    node("answer", question=text, next=targets, unknown=targets),
    node("handoff", text=text),
    node("call", flow=st.sampled_from([*FLOWS, "nowhere"]), gives=st.just({"one": "two"}), next=targets),
    node("end", text=text),
)  # fmt: skip


@st.composite
def flows(draw: st.DrawFn, key: str) -> Graph:
    made = draw(st.lists(nodes, min_size=1, max_size=len(NAMES)))
    kinds = st.sampled_from(["text", "yes_no", "date", "money"])
    return Graph.model_validate(
        {
            "key": key,
            "start": draw(targets),
            "slots": {name: {"kind": draw(kinds), "remembered": draw(st.booleans())} for name in SLOTS},
            "nodes": [{**one, "id": name} for name, one in zip(NAMES, made, strict=False)],
        }
    )


commands = st.one_of(
    st.builds(StartFlow, st.sampled_from([*FLOWS, "nowhere"])),
    st.builds(SetSlot, st.sampled_from([*SLOTS, "none"]), values),
    st.builds(CorrectSlot, st.sampled_from([*SLOTS, "none"]), values),
    st.builds(ChooseOption, st.sampled_from(["p", "q", "r"])),
    st.builds(Confirm, st.booleans()),
    st.builds(AskKnowledge, st.just("How much?")),
    st.builds(Clarify, st.lists(st.sampled_from(FLOWS), max_size=3).map(tuple)),
    st.builds(Rejected, st.sampled_from(SLOTS), st.sampled_from(["", "past", "nonsense"])),
    st.builds(ChitChat, st.just("Hello")),
    st.sampled_from([CancelFlow(), WantPerson(), NotUnderstood()]),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Heard, st.lists(commands, max_size=3).map(tuple)),
    st.builds(Heard, st.lists(commands, min_size=1, max_size=1).map(tuple)),
    st.builds(Acted, st.booleans(), st.sampled_from([{"id": 1}, None, "x"]), final=st.booleans()),
    st.builds(Answered, st.booleans()),
)


@settings(max_examples=150)
@given(st.tuples(*(flows(key) for key in FLOWS)), st.lists(events, min_size=1, max_size=12))
def test_it_ends_or_waits_and_keeps_what_was_said(drawn: tuple[Graph, ...], happened: list[Event]) -> None:
    library, state = Shelf.of(*drawn), State()
    for event in happened:
        before = state
        result = step(library, state, event, FACTS, asked="what?")
        state = State.from_json(json.loads(json.dumps(result.state.as_json())))
        assert state == result.state
        waits_for(state, result.effects)
        assert sum(isinstance(effect, Reached) for effect in result.effects) <= 2 * (MOST_STEPS + LAST_STEPS)
        assert kept(before, state) <= kept(state, state)


def waits_for(state: State, effects: tuple[Any, ...]) -> None:
    """Whoever is asked to do something can do it, and comes back to a flow that waits for it."""
    if state.top is None or any(isinstance(effect, HandOver) for effect in effects):
        return
    assert state.top.waiting
    last = effects[-1] if effects else None
    assert (state.top.waiting == "action") == isinstance(last, Do)
    assert (state.top.waiting == "answer") == isinstance(last, AnswerFromKnowledge)


def kept(state: State, among: State) -> set[tuple[int, int, str]]:
    """Which slots are filled, in the flows that are still under way in another state."""
    there = {(at, frame.begun, frame.flow) for at, frame in enumerate(among.frames)}
    under_way = [frame for at, frame in enumerate(state.frames) if (at, frame.begun, frame.flow) in there]
    return {(frame.begun, name) for frame in under_way for name in filled(frame.slots)}


def filled(slots: Mapping[str, Any]) -> list[str]:
    return [name for name, value in slots.items() if value is not None]
