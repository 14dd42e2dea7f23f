"""Who has begun with a version goes on with it; where it is gone, nobody is stuck."""

from __future__ import annotations

import pytest

from flows.library import Shelf
from flows.state import (
    CancelFlow,
    ChooseOption,
    Command,
    Confirm,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
)
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk

NEWER = flow(OPENING, ("Which town?", "Which city?"), ("from 9", "from 8"))


def test_a_conversation_keeps_the_version_that_it_began_with() -> None:
    talk = Talk.over(flow(OPENING))
    talk.hear(StartFlow("opening"))
    talk.library = Shelf({"opening": (2, NEWER)}, {("opening", 1): flow(OPENING)})
    assert talk.hear(SetSlot("town", "Lyon")) == "In Lyon from 9 to 18."
    assert talk.hear(StartFlow("opening")) == "Which city?"


@pytest.mark.parametrize("heard", [SetSlot("town", "Lyon"), Rejected("town"), NotUnderstood(), CancelFlow(),
                                   Confirm(True), ChooseOption("x")])  # fmt: skip
def test_one_that_is_gone_is_left_and_a_person_offered(heard: Command) -> None:
    talk = Talk.over(flow(OPENING))
    talk.hear(StartFlow("opening"))
    talk.library = Shelf({"opening": (2, NEWER)})
    assert talk.hear(heard).startswith("I am sorry, that did not work just now.")
    assert talk.over_with == [("opening", "lost")]


def test_what_waits_below_goes_on() -> None:
    talk = Talk.over(flow(OPENING), flow(RETURN))
    talk.hear(StartFlow("return"))
    talk.hear(StartFlow("opening"))
    talk.library = Shelf.of(flow(RETURN))
    talk.hear(SetSlot("town", "Lyon"))
    assert talk.hear(ChooseOption("no")).endswith("What is your order number?")


def test_a_state_that_cannot_be_read_begins_anew() -> None:
    talk = Talk.over(flow(OPENING))
    talk.state = talk.state.from_json({"frames": [{"nonsense": 1}]})
    assert talk.hear(StartFlow("opening")) == "Which town?"
