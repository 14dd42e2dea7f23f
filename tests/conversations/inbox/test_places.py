"""Places in replies kept ready: filled in once, and left where nothing is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conversations.inbox.replying.places import PLACE, PLACES, filled, unknown

SIGNS = st.text(st.sampled_from("{}ab_1 customerfirst\n\u202e\u0301🙂"), max_size=60)


def test_what_is_known_is_filled_in() -> None:
    said = filled("Dear {customer}, {Customer}! I am {agent}.", {"customer": "Carla", "agent": "Marie"})
    assert (said.text, said.left) == ("Dear Carla, Carla! I am Marie.", ())


def test_what_is_not_known_stays_and_is_told_once() -> None:
    said = filled("{order}, {customer}, {order} { agent } {1}", {"customer": " \n "})
    assert said.text == "{order}, {customer}, {order} { agent } {1}"
    assert said.left == ("{order}", "{customer}")


def test_a_name_is_not_read_again_and_begins_no_line() -> None:
    said = filled("Hello {customer}\nbye", {"customer": "{agent}\n\n# x\x00\u202e", "agent": "Marie"})
    assert said.text == "Hello {agent} # x\nbye"
    assert len(filled("{customer}", {"customer": "x" * 9_000}).text) == 200


def test_which_nothing_is_ever_filled_into() -> None:
    assert unknown("{customer} {order} {ORDER} {order}") == ["{order}", "{ORDER}"]


@given(SIGNS, st.dictionaries(st.sampled_from([*PLACES]), SIGNS))
def test_nothing_but_places_changes(text: str, values: dict[str, str]) -> None:
    said = filled(text, values)
    assert PLACE.split(text)[::2][0] == said.text[: len(PLACE.split(text)[0])]
    assert set(said.left) <= {place[0] for place in PLACE.finditer(text)}
    if not said.left and not PLACE.search(text):
        assert said.text == text
