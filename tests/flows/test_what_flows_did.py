"""What a reply did with flows: as many begin as end and stand, whatever happens; and where they were left."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from flows import walked
from flows.counting import kept, tally
from flows.graph import Graph
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.state import (
    CancelFlow,
    Effect,
    Event,
    HandOver,
    Reached,
    Rejected,
    SetSlot,
    StartFlow,
    State,
    WantPerson,
)
from flows.walked import BEGUN, ENDS, STANDING
from tests.flows.runnable import facts, of_a_company
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk
from tests.flows.test_any_input_is_safe import events

DAY = date(2026, 11, 28)


def lines(effects: list[Effect], state: State) -> list[str]:
    handed = any(isinstance(one, HandOver) for one in effects)
    return [*walked.began_and_ended(effects), *walked.standing(state, handed_over=handed)]


def told(talk: Talk) -> list[str]:
    return lines(talk.effects, talk.state)


def steps(effects: list[Effect]) -> list[str]:
    return [f"{one.flow}@{one.version}/{one.node}" for one in effects if isinstance(one, Reached)]


@settings(max_examples=100)
@given(of_a_company, st.lists(events, min_size=1, max_size=12), facts)
def test_as_many_begin_as_end_and_stand(
    drawn: tuple[Graph, ...], happened: list[Event], about: Facts
) -> None:
    drawn = tuple(one.model_copy(update={"start": one.nodes[0].id}) for one in drawn)
    library, state, before = Shelf.of(*drawn), State(), None
    counts: Counter[str] = Counter()
    for event in happened:
        result = step(library, state, event, about, asked="what?")
        state = State.from_json(json.loads(json.dumps(result.state.as_json())))
        passed = lines(list(result.effects), state)
        for key, times in tally(steps(list(result.effects)), passed, before, DAY).items():
            counts[key[3]] += times
        before = kept(passed, DAY)
        assert counts[BEGUN] == sum(counts[kind] for kind in (*ENDS, *STANDING))
        assert all(counts[kind] >= 0 for kind in STANDING)


def test_a_flow_begins_and_waits_for_an_answer() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    assert told(talk) == ["begun return@1/hello", "waits return@1/order"]


def test_where_somebody_cancels_is_where_they_left() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    talk.hear(CancelFlow())
    assert told(talk) == ["cancelled return@1/order"]


def test_who_wants_a_person_stands_where_they_asked_for_one() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    talk.hear(WantPerson())
    assert told(talk) == ["person return@1/order"]


def test_too_many_wrong_answers_are_given_up_at_their_step() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    for _time in range(3):
        talk.hear(Rejected("order"))
    assert told(talk)[0] == "given_up return@1/order"


def test_a_step_that_hands_over_is_told_from_one_that_ends() -> None:
    hands = flow(OPENING, ("kind: say\n    text", "kind: handoff\n    text"))
    talk = Talk.over(hands)
    talk.hear(StartFlow("opening"))
    talk.hear(SetSlot("town", "Lyon"))
    assert told(talk) == ["handed_over opening@1/told"]


def test_ways_are_counted_across_replies() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    before = kept(told(talk), DAY)
    talk.hear(SetSlot("order", "A1234"))
    later = date(2026, 11, 29)
    counts = tally(steps(talk.effects), told(talk), before, later)
    assert counts == {
        ("return", 1, DAY, "waits", "order", ""): -1,
        ("return", 1, later, "waits", "reason", ""): 1,
        ("return", 1, later, "reached", "reason", ""): 1,
        ("return", 1, later, "way", "order", "reason"): 1,
    }


def test_lines_that_are_none_are_left_out() -> None:
    assert walked.read("waits Return@1/order") is None
    assert walked.read("waits return@99999999999/order") is None
    assert not tally(
        ["nonsense", "return@/x"], ["begun", ""], {"day": "never", "lines": ["waits return@1/x"]}, DAY
    )
