"""A simulated customer answers what is asked, asks in between, says wrong things first, and gives up."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.scripted import Script, Simulated
from evaluation.simulated.player import Player, Seen
from evaluation.simulated.saying import with_slip
from flows.parts import check_parts


def customer(**more: Any) -> Simulated:
    told = {"goal": "x", "begins": ["Hello"], "knows": {"order": "LP-1", "way": "by post"}, "reached": {}}
    return Simulated.model_validate({**told, **more})


def player(language: str = "en", **more: Any) -> Player:
    return Player(customer(**more), language)


def test_what_is_asked_is_answered_with_what_is_known():
    one = player()
    assert one.next(None).says == "Hello"
    assert "LP-1" in one.next(Seen("order", "slot")).says
    assert one.next(Seen("email", "slot")).says == "I don't know"
    assert one.next(Seen("", "form", ("order", "email"))).form == {"order": "LP-1"}
    assert one.next(Seen("", "confirmation")).says == "yes"
    assert player(confirms=False).next(Seen("", "confirmation")).says == "no"


def test_it_ends_where_the_goal_is_reached_or_a_person_has_taken_over():
    assert player().next(Seen(reached=True)) is None and player().next(Seen(handed_over=True)) is None


def test_patience_comes_to_an_end():
    one = player(patience=2)
    assert one.next(None) and one.next(Seen()) and not one.gave_up
    assert one.next(Seen()) is None and one.gave_up and one.sent == 2


def test_something_else_is_asked_in_between_once():
    one = player(asks=["How late is it?"])
    said = [one.next(Seen("order", "slot")).says for _ in range(3)]
    assert said[0] == "How late is it?" and all("LP-1" in words for words in said[1:])


def test_what_is_said_wrong_is_corrected_next():
    one = player("fr", corrects={"order": "LP-9"})
    assert one.next(Seen("order", "slot")).says == "LP-9"
    assert "LP-1" in one.next(Seen("way", "slot")).says
    assert "by post" in one.next(Seen("way", "slot")).says


def test_who_has_had_enough_says_so():
    assert player("fr", cancels_at="email").next(Seen("email", "slot")).says == "laissez tomber"


def test_the_goal_is_said_in_other_words_where_nothing_came_of_it():
    one = player(begins=["a", "b", "c"])
    assert {one.next(None).says, one.next(Seen()).says, one.next(Seen()).says} == {"a", "b", "c"}


def test_a_button_that_is_meant_is_pressed():
    one = player(presses=["Return an item"])
    assert one.next(Seen(options=("Where is it?", "Return an item"))).says == "Return an item"


@given(st.integers(0, 99), st.floats(0, 1))
def test_the_same_seed_plays_the_same(seed, typos):
    told = {"seed": seed, "typos": typos, "begins": ["I would like to return something", "a return please"]}
    seen = [None, Seen("order", "slot"), Seen("way", "slot"), Seen()]
    one, other = player(**told), player(**told)
    assert [one.next(each) for each in seen] == [other.next(each) for each in seen]


@given(st.text(max_size=60), st.integers(0, 999))
def test_a_slip_changes_places_of_two_letters_and_never_numbers(text, seed):
    slipped = with_slip(text, 1.0, Random(seed))
    assert sorted(slipped) == sorted(text)
    assert [one for one in slipped if not one.isalpha()] == [one for one in text if not one.isalpha()]
    kept = "LP-2041170 lea.martin@example.org"
    assert with_slip(kept, 1.0, Random(seed)) == kept


@pytest.mark.parametrize(
    "told",
    [
        {"name": "x"},
        {"name": "x", "turns": [{"customer": "a"}], "simulated": customer().model_dump()},
    ],
)
def test_a_scenario_has_turns_or_a_customer(told):
    check_parts(told, 20)
    with pytest.raises(ValueError, match="one of both"):
        Script.model_validate(told)
