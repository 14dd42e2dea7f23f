"""Customers change what they have said, and nothing else of it is lost."""

from __future__ import annotations

import pytest

from flows.state import CancelFlow, Confirm, CorrectSlot, SetSlot, StartFlow
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk


@pytest.fixture
def talk() -> Talk:
    """At the question whether a label is to be made."""
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    return talk


def test_the_new_value_is_confirmed_and_what_is_known_is_not_asked_again(talk: Talk) -> None:
    said = talk.hear(CorrectSlot("order", "B1234"))
    assert said == "Noted. Order number: B1234.\nShall I make a label for B1234? [Yes] [No]"
    assert talk.state.top.slots["reason"] == "size"


def test_two_corrections_at_once_are_both_confirmed(talk: Talk) -> None:
    said = talk.hear(CorrectSlot("order", "B1234"), CorrectSlot("reason", "broken"))
    assert said.splitlines()[:2] == ["Noted. Order number: B1234.", "Noted. Reason: It is broken."]


def test_another_value_for_what_is_known_is_a_correction_whatever_it_was_taken_for(talk: Talk) -> None:
    assert talk.hear(SetSlot("order", "B1234")).startswith("Noted. Order number: B1234.")


def test_the_same_value_again_changes_nothing_and_is_answered(talk: Talk) -> None:
    assert talk.hear(CorrectSlot("order", "A1234")) == "Shall I make a label for A1234? [Yes] [No]"


def test_a_yes_in_the_same_breath_is_not_taken_for_what_has_changed(talk: Talk) -> None:
    said = talk.hear(CorrectSlot("order", "B1234"), Confirm(True))
    assert said == "Noted. Order number: B1234.\nShall I make a label for B1234? [Yes] [No]"
    assert talk.to_do is None


def test_whoever_corrects_and_then_gives_up_leaves_the_flow(talk: Talk) -> None:
    said = talk.hear(CorrectSlot("order", "B1234"), CancelFlow())
    assert said.splitlines()[-1] == "All right, I have stopped there: Return an item."
    assert talk.under_way == []


def test_a_value_that_is_not_allowed_is_refused_and_the_old_one_stays() -> None:
    valid = "reject: {en: An order"
    graph = flow(RETURN, (valid, "valid: {fact: slots.order, op: contains, value: A}\n    " + valid))
    talk = Talk.over(graph)
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    assert talk.hear(CorrectSlot("order", "B1234")).startswith(
        "An order number looks like A1234.\nWhy do you"
    )
    assert talk.state.top.slots["order"] == "A1234"


def test_what_is_corrected_in_a_flow_that_waits_does_not_end_the_one_under_way() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    talk.hear(StartFlow("opening"))
    assert talk.hear(CorrectSlot("order", "B1234")) == "Noted. Order number: B1234.\nWhich town?"
    assert talk.hear(SetSlot("town", "Lyon")).splitlines()[0] == "In Lyon from 9 to 18."
    assert talk.hear(SetSlot("reason", "size")) == "Shall I make a label for B1234? [Yes] [No]"


def test_in_french_it_is_said_in_french() -> None:
    talk = Talk.over(flow(RETURN), language="fr")
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    said = talk.hear(CorrectSlot("order", "B1234"))
    assert said.startswith(
        "C’est noté. Numéro de commande\N{NO-BREAK SPACE}: B1234.\nPourquoi le retournez-vous ?"
    )
