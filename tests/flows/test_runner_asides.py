"""Who answers every question with a question is asked whether to go on, to stop, or for a person."""

from __future__ import annotations

import pytest

from flows.interpreting import Words, interpret
from flows.run import Facts
from flows.state import (
    AskKnowledge,
    CancelFlow,
    ChooseOption,
    CorrectSlot,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
)
from tests.flows.shop import RETURN, flow
from tests.flows.talking import NOW, Talk


def asked(times: int, talk: Talk | None = None, **how: str) -> tuple[Talk, str]:
    if talk is None:
        talk = Talk.over(flow(RETURN), **how)
        talk.hear(StartFlow("return"))
    told = ""
    for number in range(times):
        talk.hear(AskKnowledge(f"Question {number}?"))
        assert talk.question
        told = talk.answered(found=number % 2 == 0)
    return talk, told


def test_the_fourth_in_a_row_is_answered_and_three_ways_are_offered() -> None:
    talk, told = asked(3)
    assert told.endswith("What is your order number?")
    told = asked(1, talk)[1]
    assert "Return an item" in told and told.endswith("[Go on] [Stop here] [A person]")


def test_the_ways_are_offered_in_french() -> None:
    assert asked(4, language="fr")[1].endswith("[Continuer] [En rester là] [Une personne]")


def test_to_go_on_is_to_be_asked_the_same_again_and_the_count_begins_anew() -> None:
    talk, _ = asked(4)
    assert talk.hear(ChooseOption("go_on")) == "What is your order number?"
    assert asked(3, talk)[1].endswith("What is your order number?")
    assert "[Go on]" in asked(1, talk)[1]


@pytest.mark.parametrize("words", [ChooseOption("stop"), CancelFlow()])
def test_to_stop_leaves_the_flow(words: ChooseOption | CancelFlow) -> None:
    talk, _ = asked(4)
    assert talk.hear(words) == "All right, I have stopped there: Return an item."
    assert ("return", "cancelled") in talk.over_with and talk.under_way == []


def test_a_person_comes_and_the_flow_waits() -> None:
    talk, _ = asked(4)
    talk.hear(ChooseOption("person"))
    assert talk.handed_over and talk.handed_over.reason == "customer_request"
    assert talk.under_way == ["return"]


def test_questions_go_on_being_answered_with_the_same_offer() -> None:
    told = asked(9)[1]
    assert told.endswith("[Go on] [Stop here] [A person]")


def test_the_answer_itself_goes_on() -> None:
    talk, _ = asked(4)
    assert talk.hear(SetSlot("order", "A1234")).startswith("Why do you return it?")
    assert talk.under_way == ["return"]


def test_the_answer_itself_is_understood_without_a_model() -> None:
    talk, _ = asked(4)
    for words, expected in (
        ("it is a1234", (SetSlot("order", "A1234"),)),
        ("carry on", (ChooseOption("go_on"),)),
        ("What else do you sell?", (AskKnowledge("What else do you sell?"),)),
    ):
        heard = interpret(talk.library, talk.state, Words(words), Facts(NOW, "en")).heard
        assert heard is not None and heard.commands == expected


def test_words_that_are_none_of_the_three_go_on() -> None:
    talk, _ = asked(4)
    assert talk.hear(NotUnderstood()) == "What is your order number?"


@pytest.mark.parametrize(
    "between", [SetSlot("order", "A1234"), Rejected("order"), CorrectSlot("order", "B1234")]
)
def test_only_questions_in_a_row_at_one_step_count(between: SetSlot | Rejected | CorrectSlot) -> None:
    talk, _ = asked(3)
    talk.hear(between)
    assert "[Go on]" not in asked(3, talk)[1]


def test_an_answer_with_a_question_is_none() -> None:
    talk, _ = asked(3)
    talk.hear(SetSlot("order", "A1234"), AskKnowledge("And abroad?"))
    assert talk.answered().startswith("Why do you return it?")


def test_yes_or_no_before_something_is_done_counts_too() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    _, told = asked(4, talk)
    assert told.endswith("[Go on] [Stop here] [A person]") and talk.to_do is None
    assert talk.hear(ChooseOption("go_on")) == "Shall I make a label for A1234? [Yes] [No]"
