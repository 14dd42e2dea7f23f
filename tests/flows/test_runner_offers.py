"""A choice from what an action brings: said before it is there, it is kept until it is, and checked then."""

from __future__ import annotations

import pytest

from flows.known_actions import KnownAction
from flows.problems import problems
from flows.state import SetSlot, StartFlow
from tests.flows.shop import flow
from tests.flows.talking import Talk

SEAT = """\
key: seat
name: {en: Choose a seat, fr: Choisir une place}
description: {en: The customer chooses a seat., fr: Le client choisit une place.}
examples:
  en: [I want another seat]
  fr: [Je veux une autre place]
slots:
  free: {label: {en: Free seats, fr: Places libres}}
  seat:
    kind: choice
    offered: free
    label: {en: Seat, fr: Place}
    ask: {en: Which seat?, fr: Quelle place ?}
start: look
nodes:
  - {id: look, kind: act, action: free_seats, takes: {free: seats}, next: ask}
  - {id: ask, kind: ask, slot: seat, next: done}
  - {id: done, kind: end, text: {en: 'Seat {seat} it is.', fr: 'Place {seat}, c’est noté.'}}
"""
SEATS = {"seats": [{"value": "12a", "label": "By the window"}, {"value": "12c", "label": "By the aisle"}]}


@pytest.fixture
def talk() -> Talk:
    return Talk.over(flow(SEAT))


def test_what_was_said_before_is_not_asked_again(talk: Talk) -> None:
    talk.hear(StartFlow("seat"), SetSlot("seat", "12c"))
    assert talk.to_do is not None
    assert talk.acted(data=SEATS) == "Seat By the aisle it is."


def test_what_is_not_among_them_is_asked_for(talk: Talk) -> None:
    talk.hear(StartFlow("seat"), SetSlot("seat", "40f"))
    assert talk.acted(data=SEATS) == "Which seat? [By the window] [By the aisle]"


def test_what_is_not_among_them_is_no_answer(talk: Talk) -> None:
    talk.hear(StartFlow("seat"))
    talk.acted(data=SEATS)
    assert talk.hear(SetSlot("seat", "40f")).endswith("Which seat? [By the window] [By the aisle]")


def test_where_nothing_was_brought_nothing_can_be_chosen(talk: Talk) -> None:
    talk.hear(StartFlow("seat"))
    talk.acted(data={})
    assert talk.hear(SetSlot("seat", "12c")).endswith("Which seat?")


def test_a_choice_without_choices_of_its_own_is_no_problem() -> None:
    actions = {"free_seats": KnownAction("free_seats")}
    assert problems(flow(SEAT), languages=["en", "fr"], flows={}, actions=actions) == []
