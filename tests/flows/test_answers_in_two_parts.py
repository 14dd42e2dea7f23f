"""A day in one message and the hour in the next: together they are one answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from flows.graph import Graph
from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.state import CorrectSlot, Heard, Say, StartFlow, State

NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday


def library(kind: str) -> Shelf:
    graph = Graph.model_validate(
        {
            "key": "visit",
            "slots": {"when": {"kind": kind, "ask": {"en": "When do you come?", "fr": "Quand venez-vous ?"},
                               "reject": {"en": "That is no time."}}},
            "start": "when",
            "nodes": [{"id": "when", "kind": "ask", "slot": "when", "next": "done"},
                      {"id": "done", "kind": "say", "text": {"en": "See you at {when}."}}],
        }
    )  # fmt: skip
    return Shelf(published={"visit": (1, graph)})


def talk(kind: str, language: str, *messages: str) -> tuple[State, list[list[str]]]:
    flows, facts = library(kind), Facts(NOW, language, {})
    state, said = step(flows, State(), Heard((StartFlow("visit"),)), facts).state, []
    for text in messages:
        heard = interpret(flows, state, Words(text), facts).heard
        assert heard is not None
        done = step(flows, state, heard, facts, asked=text)
        state = done.state
        said.append([effect.text for effect in done.effects if isinstance(effect, Say)])
    return state, said


@pytest.mark.parametrize(
    ("kind", "language", "first", "asked", "second", "told"),
    [
        ("moment", "en", "tomorrow", "At what time?", "at 3 pm", "26 November 2026"),
        ("moment", "en", "at 3 pm", "On which day?", "tomorrow", "26 November 2026"),
        ("moment", "fr", "mardi prochain", "À quelle heure ?", "vers 15 h", "1er décembre 2026"),
        ("moment", "fr", "à 15 h", "Quel jour ?", "demain", "26 novembre 2026"),
        ("period", "en", "from 2 pm to 4 pm", "On which day?", "tomorrow", "14:00"),
        ("moment", "en", "tomorrow", "At what time?", "on Friday at 5 pm", "27 November 2026 at 17:00"),
    ],
)
def test_the_second_half_is_read_with_the_first(
    kind: str, language: str, first: str, asked: str, second: str, told: str
) -> None:
    state, said = talk(kind, language, first, second)
    assert [line.replace("\u202f", " ") for line in said[0]] == [asked]
    assert any(told in line for line in said[1]), said
    assert not state.frames


def test_another_half_takes_the_place_of_the_first() -> None:
    state, said = talk("moment", "en", "tomorrow", "no, on Friday", "3 pm")
    assert said[1] == ["At what time?"]
    assert any("27 November 2026" in line for line in said[2]), said


def test_nonsense_in_between_does_not_lose_the_half() -> None:
    _state, said = talk("moment", "en", "tomorrow", "banana", "3 pm")
    assert "That is no time." in said[1]
    assert any("26 November 2026" in line for line in said[2]), said


def test_who_never_says_the_hour_is_asked_a_limited_number_of_times() -> None:
    state, said = talk("moment", "en", "tomorrow", "tomorrow", "tomorrow")
    assert said[:2] == [["At what time?"]] * 2
    assert state.frames[-1].flow != "visit" and said[2], said


def test_a_corrected_step_forgets_the_half() -> None:
    state: Any
    state, _said = talk("moment", "en", "tomorrow")
    assert state.top.half == "tomorrow"
    state, _said = talk("moment", "en", "tomorrow", "3 pm")
    assert not any(frame.half for frame in state.frames)


@pytest.mark.parametrize(
    ("language", "first", "change", "becomes"),
    [
        ("en", "tomorrow at 3 pm", "no, at 4 pm", "2026-11-26T16:00"),
        ("en", "tomorrow at 3 pm", "sorry, I meant on Friday", "2026-11-27T15:00"),
        ("fr", "demain à 15 h", "non, plutôt à 16 h 30", "2026-11-26T16:30"),
        ("fr", "demain à 15 h", "non, vendredi", "2026-11-27T15:00"),
        ("en", "tomorrow at 3 pm", "no, that is wrong", None),
    ],
)
def test_a_change_of_one_half_keeps_the_other(
    language: str, first: str, change: str, becomes: str | None
) -> None:
    """While something else is asked for already."""
    graph = library("moment").published["visit"][1]
    slots = {**graph.model_dump()["slots"], "mail": {"kind": "email"}}
    nodes = [
        {"id": "when", "kind": "ask", "slot": "when", "next": "mail"},
        {"id": "mail", "kind": "ask", "slot": "mail"},
    ]
    flows = Shelf.of(Graph.model_validate({"key": "visit", "slots": slots, "start": "when", "nodes": nodes}))
    facts = Facts(NOW, language, {})
    state = step(flows, State(), Heard((StartFlow("visit"),)), facts).state
    for text in (first, change):
        heard = interpret(flows, state, Words(text), facts).heard
        assert heard is not None
        state = step(flows, state, heard, facts, asked=text).state
    corrected = [one.value for one in heard.commands if isinstance(one, CorrectSlot)]
    assert corrected == ([becomes] if becomes else [])
    assert state.frames[-1].slots["when"] == (becomes or "2026-11-26T15:00")
