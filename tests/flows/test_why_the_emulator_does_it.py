"""The line beside each step of the emulator: which command, which value, by which means, why not."""

from __future__ import annotations

import pytest
from django.utils import translation

from flows.graph import Graph
from flows.library import Shelf
from flows.meaning_words import reasons
from flows.state import (
    AskKnowledge,
    CancelFlow,
    ChitChat,
    ChooseOption,
    Clarify,
    Command,
    Confirm,
    CorrectSlot,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
    State,
    WantPerson,
)
from flows.understanding import How, Meaning, Otherwise
from tests.flows.meaning import FACTS, begun, said

TABLE = Graph.model_validate(
    {
        "key": "table",
        "name": {"en": "Book a table", "fr": "Réserver une table"},
        "slots": {
            "day": {"kind": "date", "label": {"en": "Day", "fr": "Jour"}, "future": True},
            "guests": {
                "kind": "number",
                "label": {"en": "Guests", "fr": "Convives"},
                "valid": {"fact": "slots.guests", "op": "at_most", "value": 8},
            },
        },
        "start": "day",
        "nodes": [
            {"id": "day", "kind": "ask", "slot": "day", "next": "guests"},
            {"id": "guests", "kind": "ask", "slot": "guests", "next": "where"},
            {
                "id": "where",
                "kind": "choose",
                "text": {"en": "Where?"},
                "options": [{"value": "in", "label": {"en": "Inside"}}, {"value": "out"}],
            },
        ],
    }
)
TUESDAY = SetSlot("day", "2026-12-01")


def test_each_command_has_its_line() -> None:
    library, state = begun(TABLE)
    lines = said(library, state, "Tuesday, for four", [TUESDAY, SetSlot("guests", 4)])
    assert [line.what for line in lines] == ["Day = Tuesday 1 December 2026", "Guests = 4"]
    assert {line.how for line in lines} == {"from the words"}


def test_values_for_a_flow_that_begins_are_named_by_it() -> None:
    lines = said(Shelf.of(TABLE), State(), "a table for four", [StartFlow("table"), SetSlot("guests", 4)])
    assert [line.what for line in lines] == ["Begins the flow “Book a table”", "Guests = 4"]


def test_the_router_says_how_sure_it_is() -> None:
    (line,) = said(Shelf.of(TABLE), State(), "a table", [StartFlow("table")], How("router", 0.874, 0.7))
    assert line.how == "the router is 87\N{NO-BREAK SPACE}% sure; from 70\N{NO-BREAK SPACE}% on it begins"


def test_a_correction_says_what_it_was_before() -> None:
    library, state = begun(TABLE, TUESDAY)
    (line,) = said(library, state, "no, Wednesday", [CorrectSlot("day", "2026-12-02")])
    assert line.what == "Day = Wednesday 2 December 2026, no longer Tuesday 1 December 2026"


@pytest.mark.parametrize(
    ("command", "text", "what"),
    [
        (
            Rejected("day", "past", "12/5"),
            "12/5",
            "“12/5” is no value of the slot “Day”: “That is already past.”",
        ),
        (Rejected("day", "not_a_value"), "banana", "“banana” is no value of the slot “Day”."),
    ],
)
def test_an_answer_that_is_none_says_why(command: Command, text: str, what: str) -> None:
    library, state = begun(TABLE)
    (line,) = said(library, state, text, [command])
    assert (line.what, line.refused) == (what, True)


def test_a_value_that_breaks_the_condition_of_its_slot_is_told_so() -> None:
    library, state = begun(TABLE, TUESDAY)
    (line,) = said(library, state, "nine", [SetSlot("guests", 9)])
    assert line.what == "“9” does not meet the condition of the slot “Guests”."
    assert line.refused


def test_a_button_that_there_is_not_is_told_so() -> None:
    library, state = begun(TABLE, TUESDAY, SetSlot("guests", 2))
    (line,) = said(library, state, "on the roof", [Rejected("", "not_a_value")])
    assert line.what == "“on the roof” is the name of no button."
    (line,) = said(library, state, "Inside", [ChooseOption("in")], How("button"))
    assert (line.what, line.how) == ("The option “Inside”", "by the button")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (StartFlow("table"), "Goes back to the flow “Book a table”"),
        (CancelFlow(), "The customer wants to stop"),
        (AskKnowledge("Is it far?"), "A question for the knowledge: “Is it far?”"),
        (WantPerson(), "The customer wants a person"),
        (ChitChat("Hello!"), "Small talk"),
        (ChitChat("Take your time.", "take_your_time"), "The customer hesitates"),
        (Confirm(True), "The customer agrees"),
        (Confirm(False), "The customer declines"),
        (Clarify(("table", "other")), "It may mean any of these flows: Book a table, other"),
        (NotUnderstood(), "Nothing was understood"),
    ],
)
def test_every_command_has_words(command: Command, what: str) -> None:
    library, state = begun(TABLE)
    (line,) = said(library, state, "…", [command], How("model"))
    assert (line.what, line.how) == (what, "read by the model")


def test_in_french_it_is_said_in_french() -> None:
    library, state = begun(TABLE)
    with translation.override("fr"):
        lines = said(library, state, "next Tuesday", [TUESDAY, StartFlow("table")])
    assert lines[0].what == "Jour = mardi 1er décembre 2026"
    assert "Réserver une table" in lines[1].what
    assert lines[0].how != "from the words"


def test_where_no_flow_is_concerned_the_nearest_is_named() -> None:
    near = Meaning(None, (), FACTS, "…", nearest="table", near=How("router", 0.31, 0.7))
    (line,) = reasons(near, Shelf.of(TABLE), State())
    assert line.what == "No flow is concerned: the knowledge is asked."
    assert "31" in line.how and "Book a table" in line.how
    (line,) = reasons(Meaning(None, (), FACTS, "…"), Shelf.of(TABLE), State())
    assert "learned nothing yet" in line.how
    forbidden = Meaning(None, (), FACTS, "…", Otherwise("out_of_scope", about="Legal advice"))
    (line,) = reasons(forbidden, Shelf.of(TABLE), State())
    assert "Legal advice" in line.what


def test_a_model_that_failed_is_named() -> None:
    meaning = Meaning(None, (), FACTS, "…", trouble="it did not answer in time")
    assert [line.what for line in reasons(meaning, Shelf.of(TABLE), State())][1:] == [
        "it did not answer in time"
    ]
