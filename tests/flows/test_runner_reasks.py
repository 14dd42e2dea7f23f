"""An answer that is none is asked for again, a few times; then the flow goes on, or a person is offered."""

from __future__ import annotations

import pytest

from flows.state import ChooseOption, Confirm, NotUnderstood, Rejected, SetSlot, StartFlow
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk


@pytest.fixture
def talk() -> Talk:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"))
    return talk


def test_the_flows_own_words_say_why(talk: Talk) -> None:
    assert talk.hear(Rejected("order")) == "An order number looks like A1234.\nWhat is your order number?"


def test_without_them_the_rule_is_named() -> None:
    talk = Talk.over(flow(OPENING), language="fr")
    talk.hear(StartFlow("opening"))
    assert talk.hear(Rejected("town", "too_long")) == "C’est trop long.\nQuelle ville ?"


def test_after_the_last_try_a_person_is_offered_who_knows_what_was_said(talk: Talk) -> None:
    talk.hear(SetSlot("order", "A1234"))
    talk.hear(Rejected("reason"))
    assert talk.hear(NotUnderstood()).startswith("I do not understand you well enough.")
    talk.hear(ChooseOption("yes"))
    assert talk.handed_over.slots == {"order": "A1234"}


@pytest.mark.parametrize("answer", [Confirm(True), ChooseOption("yes")])
def test_a_yes_to_that_is_understood_however_it_is_said(talk: Talk, answer: Confirm) -> None:
    for _ in range(3):
        talk.hear(Rejected("order"))
    talk.hear(answer)
    assert talk.handed_over.reason == "pending_clarification"


def test_the_flow_may_lead_elsewhere_instead() -> None:
    talk = Talk.over(
        flow(RETURN, ("slot: reason, next: label", "slot: reason, next: label, otherwise: kept"))
    )
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    talk.hear(Rejected("reason"))
    assert talk.hear(Rejected("reason")) == "Fine, you keep it."


def test_a_yes_to_an_open_question_is_no_answer(talk: Talk) -> None:
    assert talk.hear(Confirm(True)) == "An order number looks like A1234.\nWhat is your order number?"
    assert "order" not in talk.state.top.slots


def test_the_tries_are_counted_for_each_question(talk: Talk) -> None:
    talk.hear(Rejected("order"))
    talk.hear(Rejected("order"))
    talk.hear(SetSlot("order", "A1234"))
    assert talk.hear(Rejected("reason")).startswith("I did not understand that.\nWhy do you return it?")


def test_outside_of_flows_a_person_is_offered_the_third_time() -> None:
    talk = Talk.over(flow(RETURN))
    assert talk.hear(NotUnderstood()).startswith("I did not understand that.")
    assert talk.hear(NotUnderstood()).startswith("I did not understand that.")
    assert talk.hear(NotUnderstood()).startswith("I do not understand you well enough.")
