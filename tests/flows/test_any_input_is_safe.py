"""Whatever the graph and whatever comes in: it ends or waits, and nothing that was said is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows import graph
from flows.awaiting import awaited
from flows.graph import Graph
from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.run import MOST_STEPS, Facts
from flows.runner import LAST_STEPS, step
from flows.sent_files import SentFile
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
    FillForm,
    HandOver,
    Heard,
    LeaveOut,
    NotUnderstood,
    Reached,
    Rejected,
    SetSlot,
    StartFlow,
    State,
    Step,
    WantPerson,
)
from tests.flows.runnable import BROUGHT, FLOWS, SLOTS, facts, of_a_company, slots, values

ANY_SLOT = st.sampled_from([*SLOTS, "none"])
written = st.dictionaries(ANY_SLOT, st.sampled_from(["", "x", "p", "yes", "tomorrow", "12 €", "\u202e"]))
commands = st.one_of(
    st.builds(StartFlow, st.sampled_from([*FLOWS, "nowhere", "own"])),
    st.builds(SetSlot, ANY_SLOT, values),
    st.builds(CorrectSlot, ANY_SLOT, values),
    st.builds(ChooseOption, st.sampled_from(["p", "q", "r"])),
    st.builds(Confirm, st.booleans()),
    st.builds(FillForm, written),
    st.builds(LeaveOut, ANY_SLOT),
    st.builds(AskKnowledge, st.just("How much?")),
    st.builds(Clarify, st.lists(st.sampled_from(FLOWS), max_size=3).map(tuple)),
    st.builds(Rejected, slots, st.sampled_from(["", "past", "nonsense"])),
    st.builds(ChitChat, st.just("Hello")),
    st.sampled_from([CancelFlow(), WantPerson(), NotUnderstood()]),
)
came_back: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Acted,
        st.booleans(),
        st.sampled_from([BROUGHT, None, "x", [1]]),
        final=st.booleans(),
        pending=st.booleans(),
    ),
    st.builds(Answered, st.booleans()),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Heard, st.lists(commands, max_size=3).map(tuple)),
    st.builds(Heard, st.lists(commands, min_size=1, max_size=1).map(tuple)),
    came_back,
)
SAID = [
    "", "p", "Pea", "the second one", "yes", "non", "no, x instead", "forget it", "tomorrow at 3", "10",
    "demain vers 15 h", "12,50 €", "what does it cost?", "Comment ça marche ?", "I don't know", "2026-12-01",
    "x" * 300, "😀", "\u202e", "next Tuesday", "something else", "the first one and then the other, please",
]  # fmt: skip
words = st.builds(
    Words,
    st.one_of(st.sampled_from(SAID), st.text(max_size=30)),
    begins=st.sampled_from(["", "", *FLOWS, "nowhere"]),
    likely=st.sampled_from([0.5, 0.95, 1.0]),
    close=st.sampled_from([(), ("first", "second"), ("nowhere",)]),
    courtesy=st.sampled_from(["", "", "Hello!"]),
    wants_person=st.sampled_from([False, False, True]),
    files=st.sampled_from([(), (), (SentFile("1", "lamp.jpg", "picture"),)]),
    form=st.one_of(st.none(), written),
    beside=st.sampled_from(["", "what does it cost?"]),
)


def shelf(drawn: tuple[Graph, ...], version: int = 1) -> Shelf:
    published = {flow.key: (version, flow) for flow in drawn}
    return Shelf(published, confirmed_actions=frozenset({"always_asks"}))


@settings(max_examples=150)
@given(of_a_company, st.lists(st.tuples(events, facts), min_size=1, max_size=12))
def test_it_ends_or_waits_and_keeps_what_was_said(
    drawn: tuple[Graph, ...], happened: list[tuple[Event, Facts]]
) -> None:
    library, state = shelf(drawn), State()
    for event, about in happened:
        state = checked(library, state, step(library, state, event, about, asked="what?"))


@settings(max_examples=150)
@given(of_a_company, st.lists(st.tuples(st.one_of(words, came_back), facts), min_size=1, max_size=12))
def test_so_it_does_with_whatever_is_written(
    drawn: tuple[Graph, ...], happened: list[tuple[Words | Event, Facts]]
) -> None:
    library, state = shelf(drawn), State()
    for event, about in happened:
        asked = ""
        if isinstance(event, Words):
            heard, asked = interpret(library, state, event, about).heard, event.text
            if heard is None:
                continue
            event = heard
        state = checked(library, state, step(library, state, event, about, asked=asked))


@settings(max_examples=50)
@given(of_a_company, of_a_company, st.booleans(), st.lists(events, min_size=2, max_size=8), facts)
def test_so_it_does_when_flows_change_or_go_meanwhile(
    drawn: tuple[Graph, ...], later: tuple[Graph, ...], kept: bool, happened: list[Event], about: Facts
) -> None:
    """What was begun goes on at its version; where that is gone, it is told and left."""
    before, state = shelf(drawn), State()
    older = {(flow.key, 1): flow for flow in drawn} if kept else {}
    after = Shelf({flow.key: (2, flow) for flow in later}, older, frozenset({"always_asks"}))
    for at, event in enumerate(happened):
        library = before if at < len(happened) / 2 else after
        state = checked(library, state, step(library, state, event, about), lost=library is after)


def checked(library: Shelf, before: State, taken: Step, *, lost: bool = False) -> State:
    """`lost`: flows may have been taken away in the middle, and what was said in them with them."""
    state = State.from_json(json.loads(json.dumps(taken.state.as_json())))
    assert state == taken.state
    waits_for(state, taken.effects)
    if state.top is not None and state.top.waiting == "form":
        assert awaited(library, state)["fields"]
    assert sum(isinstance(effect, Reached) for effect in taken.effects) <= 2 * (MOST_STEPS + LAST_STEPS)
    if not lost:
        assert said(before, state) - overwritten(library, before, taken) <= said(state, state)
    return state


def waits_for(state: State, effects: tuple[Any, ...]) -> None:
    """Whoever is asked to do something can do it, and comes back to a flow that waits for it."""
    if state.top is None or any(isinstance(effect, HandOver) for effect in effects):
        return
    assert state.top.waiting
    last = effects[-1] if effects else None
    assert (state.top.waiting == "action") == isinstance(last, Do)
    assert (state.top.waiting == "answer") == isinstance(last, AnswerFromKnowledge)


def said(state: State, among: State) -> set[tuple[int, str, str]]:
    """Which slots are filled, in the flows that are still under way in another state."""
    there = {(at, frame.begun, frame.flow) for at, frame in enumerate(among.frames)}
    under_way = [frame for at, frame in enumerate(state.frames) if (at, frame.begun, frame.flow) in there]
    return {(frame.begun, frame.flow, name) for frame in under_way for name in filled(frame.slots)}


def filled(slots: Mapping[str, Any]) -> list[str]:
    return [name for name, value in slots.items() if value is not None]


def overwritten(library: Shelf, before: State, taken: Step) -> set[tuple[int, str, str]]:
    """What the steps that were taken give other values, or none, and what is chosen from it."""
    walked = {(one.flow, one.node) for one in taken.effects if isinstance(one, Reached)}
    walked |= {(frame.flow, frame.node) for frame in before.frames}
    return {
        (frame.begun, frame.flow, name)
        for frame in taken.state.frames
        if (flow := library.flow(frame.flow, frame.version))
        for name in given_in(flow, {node for key, node in walked if key == frame.flow})
    }


def given_in(flow: Graph, walked: set[str]) -> set[str]:
    given = {name for node in flow.nodes if node.id in walked for name in given_by(node)}
    return given | {name for name, slot in flow.slots.items() if slot.offered}


def given_by(node: graph.Node) -> set[str]:
    if isinstance(node, graph.Set):
        return set(node.values)
    if isinstance(node, graph.Form):  # what may be left empty can be taken back
        return set(node.optional) if node.again else set()
    return set(node.takes) if isinstance(node, graph.Act | graph.Call) else set()
