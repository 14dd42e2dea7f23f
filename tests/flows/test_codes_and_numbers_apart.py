"""A postal code and a number in one sentence are both taken, and neither ever for the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.interpreting import Words, interpret
from flows.run import Facts
from flows.slot import Slot
from flows.state import AskKnowledge, SetSlot, StartFlow
from flows.told_apart import told_apart
from tests.flows.shop import flow
from tests.flows.talking import NOW, Talk

SLOTS = """\
key: party
slots:
  name: {label: {en: Name}, ask: {en: Your name?}}
  guests: {kind: number, label: {en: Guests}, ask: {en: How many?}}
  zip: {kind: postal_code, label: {en: Postal code}, ask: {en: Where?}}
"""
FORM = flow(SLOTS + "start: a\nnodes: [{id: a, kind: form, slots: [name, guests, zip]}]")
ASKS = """start: a
nodes:
  - {id: a, kind: ask, slot: %s, next: b}
  - {id: b, kind: ask, slot: %s}
"""
GUESTS_FIRST, ZIP_FIRST = flow(SLOTS + ASKS % ("guests", "zip")), flow(SLOTS + ASKS % ("zip", "guests"))
TWO, CODE = SetSlot("guests", 2), SetSlot("zip", "75001")
WAITING = {"guests": Slot(kind="number"), "zip": Slot(kind="postal_code"), "name": Slot()}


def heard(graph: object, words: str, language: str = "en") -> set[object]:
    talk = Talk.over(graph)
    talk.hear(StartFlow("party"))
    found = interpret(talk.library, talk.state, Words(words), Facts(NOW, language)).heard
    return set(found.commands) if found else set()


def apart(words: str, language: str = "en") -> dict[str, object]:
    return told_apart(WAITING, WAITING, words, Facts(NOW, language))


@pytest.mark.parametrize("graph", [FORM, GUESTS_FIRST, ZIP_FIRST], ids=["form", "guests", "zip"])
@pytest.mark.parametrize(
    "words",
    [
        *("75001, 2 people", "2 people, 75001", "75001 2 people", "75001\n2", "we are two, in 75001."),
        *("75001 Paris, 2 people", "75001 for two", "75001 (2 people)", "Postal code 75001, 2 people"),
        *("F-75001, 2 people", "two people and 75001"),
    ],
)
def test_both_are_taken_at_once(graph: object, words: str) -> None:
    assert heard(graph, words) == {TWO, CODE}


@pytest.mark.parametrize("words", ["75001, 2 personnes", "on est deux, 75001", "75001 pour 2", "75001 et 2"])
def test_in_french_too(words: str) -> None:
    assert heard(FORM, words, "fr") == heard(ZIP_FIRST, words, "fr") == {TWO, CODE}


def test_what_else_is_said_counts_too() -> None:
    assert heard(FORM, "Ann Lee, 75001, 2 people") == {SetSlot("name", "Ann Lee"), TWO, CODE}
    asked = heard(ZIP_FIRST, "75001, 2 people. What does it cost?")
    assert asked == {TWO, CODE, AskKnowledge("What does it cost?")}


@pytest.mark.parametrize(
    "words",
    [
        *("75001", "2 people", "75001, 69002", "12000 people, 75001", "75001 people, 2 rooms", "75001 €, 2"),
        *("order 75001, 2 people", "invoice no. 75001, 2 people", "75001.50, 2 people", "#75001, 2 people"),
        *("+33 1 23 45 67001, 2 people", "2 people, 3 rooms, 75001", "12.10.2026, 2 people", "$75001, 2", ""),
        *("commande n° 75001, 2 personnes", "facture no 75001, 2 personnes"),
    ],
)
def test_where_there_is_any_doubt_neither_is(words: str) -> None:
    assert apart(words) == {}


def test_with_two_slots_for_numbers_there_is_doubt() -> None:
    slots = {**WAITING, "children": Slot(kind="number")}
    assert told_apart(slots, slots, "75001, 2 people", Facts(NOW, "en")) == {}


PLACES = ["{code}, {few}", "{few}, {code}", "{code} {few} people", "{few} people in {code}", "{code}: {few}"]


@given(st.integers(1, 98), st.integers(0, 999), st.integers(1, 900), st.sampled_from(PLACES))
def test_a_code_is_never_taken_for_the_number(department: int, rest: int, few: int, place: str) -> None:
    code = f"{department:02}{rest:03}"
    assert apart(place.format(code=code, few=few)) == {"zip": code, "guests": few}


@given(st.text(alphabet="0123456789 ,.-/:€#aAno\n", max_size=40))
def test_whatever_is_written_they_are_two_of_its_numbers(words: str) -> None:
    found = apart(words)
    if found:
        assert str(found["zip"]) in words
        assert int(str(found["zip"])) != found["guests"]
