"""Customers stop what they are in the middle of, and what they were in before goes on."""

from __future__ import annotations

from flows.state import AskKnowledge, CancelFlow, Rejected, SetSlot, StartFlow
from tests.flows.shop import OPENING, ORDER, RETURN, flow
from tests.flows.talking import Talk


def test_it_is_named_and_over() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    assert talk.hear(CancelFlow()) == "All right, I have stopped there: Return an item."
    assert talk.over_with[0] == ("return", "cancelled")
    assert talk.under_way == []


def test_what_was_interrupted_goes_on() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING), language="fr")
    talk.hear(StartFlow("return"))
    talk.hear(StartFlow("opening"))
    assert talk.hear(CancelFlow()).splitlines() == [
        "D’accord, j’arrête là\N{NO-BREAK SPACE}: Horaires.",
        "Revenons à\N{NO-BREAK SPACE}: Retourner un article.",
        "Quel est votre numéro de commande ?",
    ]


def test_something_else_in_the_same_breath_begins_after_that_is_said() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"))
    said = talk.hear(CancelFlow(), StartFlow("opening"))
    assert said == "All right, I have stopped there: Return an item.\nWhich town?"
    assert talk.hear(SetSlot("town", "Lyon")) == "In Lyon from 9 to 18."


def test_one_goes_back_to_what_waits_when_that_comes_up() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING), flow(ORDER))
    talk.hear(StartFlow("return"))
    talk.hear(StartFlow("order"))
    talk.hear(CancelFlow(), StartFlow("opening"))
    said = talk.hear(SetSlot("town", "Lyon"))
    assert said == "In Lyon from 9 to 18.\nNow back to: Return an item.\nWhat is your order number?"


def test_to_the_offer_of_a_person_it_is_a_no() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    for _ in range(3):
        talk.hear(Rejected("order"))
    assert talk.hear(CancelFlow()) == "All right. Ask me anything else."
    assert talk.handed_over is None


def test_a_question_that_is_not_answered_yet_is_forgotten_with_it() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    talk.hear(AskKnowledge("How much is it?"))
    assert talk.hear(CancelFlow()) == "All right, I have stopped there: Return an item."


def test_where_there_is_nothing_to_stop_one_is_asked_what_is_meant() -> None:
    assert Talk.over(flow(RETURN)).hear(CancelFlow()).startswith("I did not understand that.")
