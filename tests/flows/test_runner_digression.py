"""A question in between is answered, and the conversation comes back to where it stood."""

from __future__ import annotations

from flows.state import AskKnowledge, ChitChat, SetSlot, StartFlow
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk


def begun() -> Talk:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"))
    return talk


def test_it_is_answered_from_the_knowledge_and_then_asked_on() -> None:
    talk = begun()
    assert talk.hear(AskKnowledge("What does it cost?")) == ""
    assert talk.question == "What does it cost?"
    assert talk.answered() == "Now back to: Return an item.\nWhat is your order number?"


def test_where_the_knowledge_has_no_answer_it_is_asked_on_too() -> None:
    talk = begun()
    talk.hear(AskKnowledge("What does it cost?"))
    assert talk.answered(found=False).endswith("What is your order number?")


def test_an_answer_and_a_question_in_the_same_breath_are_both_heard() -> None:
    talk = begun()
    talk.hear(SetSlot("order", "A1234"), AskKnowledge("What does it cost?"))
    assert talk.question == "What does it cost?"
    assert talk.answered() == "Why do you return it? [It is broken] [Wrong size]"


def test_questions_can_follow_questions() -> None:
    talk = begun()
    talk.hear(AskKnowledge("What does it cost?"))
    talk.hear(AskKnowledge("And abroad?"))
    assert talk.question == "And abroad?"
    talk.answered()
    while talk.question:
        talk.answered()
    assert talk.under_way == ["return"]


def test_a_question_and_then_a_flow_are_dealt_with_in_that_order() -> None:
    talk = Talk.over(flow(OPENING))
    assert talk.hear(AskKnowledge("Do you sell hats?"), StartFlow("opening")) == ""
    assert talk.question == "Do you sell hats?"
    assert talk.answered() == "Which town?"


def test_a_greeting_is_returned_and_the_question_repeated() -> None:
    assert begun().hear(ChitChat("Hello!")) == "Hello!\nWhat is your order number?"
