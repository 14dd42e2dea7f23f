"""What an action has changed outside is not changed by words any more: a person is offered."""

from __future__ import annotations

import pytest

from flows.state import ChooseOption, Confirm, CorrectSlot, SetSlot, StartFlow
from tests.flows.shop import RETURN, flow
from tests.flows.talking import Talk

ASKS_ON = [
    ("  label: {}", "  label: {}\n  comment: {ask: {en: Anything else?}}"),
    ("    next: done\n", "    next: comment\n"),
    ("  - {id: done", "  - {id: comment, kind: ask, slot: comment, next: done}\n  - {id: done"),
]


@pytest.fixture
def talk() -> Talk:
    """The label is made, and one more thing is asked."""
    talk = Talk.over(flow(RETURN, *ASKS_ON))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    talk.hear(Confirm(True))
    assert talk.acted(data={"url": "a link"}, final=True) == "Anything else?"
    return talk


def test_a_person_is_offered_instead_of_doing_it_twice(talk: Talk) -> None:
    said = talk.hear(CorrectSlot("order", "B1234"))
    assert said.startswith("That is done already, so I cannot change it myself: Return an item.")
    assert talk.to_do is None
    assert talk.hear(ChooseOption("no")) == "All right, it stays as it is.\nAnything else?"
    assert talk.hear(SetSlot("comment", "no")) == "Here is your label: a link"


def test_whoever_wants_a_person_gets_one_who_knows_what_was_said(talk: Talk) -> None:
    talk.hear(CorrectSlot("order", "B1234"))
    talk.hear(ChooseOption("yes"))
    assert talk.handed_over.reason == "unsupported_request"
    assert talk.handed_over.slots == {"order": "A1234", "reason": "size", "label": "a link"}


def test_what_changed_nothing_outside_can_be_corrected_afterwards() -> None:
    talk = Talk.over(flow(RETURN, *ASKS_ON))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    talk.hear(Confirm(True))
    talk.acted(data={"url": "a link"})
    assert talk.hear(CorrectSlot("order", "B1234")).startswith("Noted.")
