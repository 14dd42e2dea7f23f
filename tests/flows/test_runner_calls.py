"""A flow that another one calls: slots go there and come back."""

from __future__ import annotations

import pytest

from flows.library import Shelf
from flows.state import CancelFlow, CorrectSlot, SetSlot, StartFlow
from tests.flows.shop import OPENING, flow
from tests.flows.talking import Talk

VISIT = """\
key: visit
name: {en: Plan a visit, fr: Préparer une visite}
slots:
  place: {}
  name: {ask: {en: What is your name?}, label: {en: Name}}
  told: {}
start: name
nodes:
  - {id: name, kind: ask, slot: name, next: where}
  - id: where
    kind: call
    flow: opening
    gives: {town: place}
    takes: {place: town, told: answer}
    next: done
  - {id: done, kind: say, text: {en: 'Until then, {name}, in {place} ({told}).'}}
"""
ANSWERS = [
    ("town:\n", "answer: {}\n  town:\n"),
    ("18 h.'}", "18 h.'}\n    next: set\n  - {id: set, kind: set, values: {answer: told}}"),
]


@pytest.fixture
def talk() -> Talk:
    talk = Talk.over(flow(VISIT), flow(OPENING, *ANSWERS))
    assert talk.hear(StartFlow("visit")) == "What is your name?"
    return talk


def test_it_is_walked_and_its_slots_are_taken_back(talk: Talk) -> None:
    assert talk.hear(SetSlot("name", "Ada")) == "Which town?"
    said = talk.hear(SetSlot("town", "Lyon"))
    assert said == "In Lyon from 9 to 18.\nUntil then, Ada, in Lyon (told)."
    assert talk.under_way == []


def test_what_is_known_already_is_given_and_not_asked() -> None:
    step = "  - {id: knows, kind: set, values: {place: Nice}, next: name}\n"
    knows = ("start: name\nnodes:\n", f"start: knows\nnodes:\n{step}")
    talk = Talk.over(flow(VISIT, knows), flow(OPENING))
    talk.hear(StartFlow("visit"))
    assert talk.hear(SetSlot("name", "Ada")).startswith("In Nice from 9 to 18.\nUntil then, Ada, in Nice")


def test_what_the_caller_asked_can_be_corrected_from_there(talk: Talk) -> None:
    talk.hear(SetSlot("name", "Ada"))
    assert talk.hear(CorrectSlot("name", "Bea")) == "Noted. Name: Bea.\nWhich town?"
    assert talk.hear(SetSlot("town", "Lyon")).endswith("Until then, Bea, in Lyon (told).")


def test_stopping_there_stops_the_whole_of_it(talk: Talk) -> None:
    talk.hear(SetSlot("name", "Ada"))
    assert talk.hear(CancelFlow()) == "All right, I have stopped there: Plan a visit."
    assert talk.under_way == []


def test_where_it_is_gone_a_person_is_offered_who_knows_what_was_said(talk: Talk) -> None:
    talk.library = Shelf.of(flow(VISIT))
    assert talk.hear(SetSlot("name", "Ada")).startswith("I am sorry, that did not work just now.")
    assert talk.state.top.about["known"] == {"name": "Ada"}


def test_flows_that_call_each_other_are_left_after_a_while() -> None:
    calls = (
        "start: town\nnodes:\n",
        "start: call\nnodes:\n  - {id: call, kind: call, flow: opening, next: town}\n",
    )
    said = Talk.over(flow(OPENING, calls)).hear(StartFlow("opening"))
    assert said.startswith("I am sorry, that did not work just now.")
