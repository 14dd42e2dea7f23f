"""Another flow in between: it is walked first, then the one that waits, and nothing is asked twice."""

from __future__ import annotations

import pytest

from flows.interpreting import Words, interpret
from flows.run import MOST_FLOWS, Facts
from flows.state import SetSlot, StartFlow
from tests.flows.shop import OPENING, ORDER, RETURN, flow
from tests.flows.talking import NOW, Talk


def test_one_comes_back_to_the_question_that_was_open() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    assert talk.hear(StartFlow("opening")).splitlines() == [
        "First: Opening times. Then we go on with: Return an item.",
        "Which town?",
    ]
    assert talk.hear(SetSlot("town", "Lyon")).splitlines() == [
        "In Lyon from 9 to 18.",
        "Now back to: Return an item.",
        "Why do you return it? [It is broken] [Wrong size]",
    ]
    assert talk.state.top.slots["order"] == "A1234"


def test_who_asks_for_the_first_one_again_goes_on_where_it_stood() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    talk.hear(StartFlow("opening"))
    assert talk.hear(StartFlow("return")) == "Why do you return it? [It is broken] [Wrong size]"
    assert talk.under_way == ["opening", "return"]


def test_what_is_said_for_the_flow_that_waits_is_kept_and_the_question_repeated() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"))
    talk.hear(StartFlow("opening"))
    assert talk.hear(SetSlot("reason", "size")) == "Which town?"
    talk.hear(SetSlot("town", "Lyon"))
    assert talk.hear(SetSlot("order", "A1234")) == "Shall I make a label for A1234? [Yes] [No]"


def test_what_is_said_before_it_is_asked_is_kept_and_the_question_repeated() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"))
    assert talk.hear(SetSlot("reason", "size")) == "What is your order number?"
    assert talk.hear(SetSlot("order", "A1234")) == "Shall I make a label for A1234? [Yes] [No]"


def test_too_many_at_once_are_not_begun() -> None:
    more = [flow(OPENING, ("key: opening", f"key: opening{number}")) for number in range(MOST_FLOWS)]
    talk = Talk.over(flow(ORDER), *more)
    for graph in more:
        talk.hear(StartFlow(graph.key))
    assert talk.hear(StartFlow("order")).startswith("I did not understand")
    assert len(talk.under_way) == MOST_FLOWS


def test_only_other_flows_begin_what_customers_do_not() -> None:
    talk = Talk.over(flow(OPENING, ("start: town", "begins: false\nstart: town")))
    assert talk.hear(StartFlow("opening")).startswith("I did not understand")


def test_a_flow_that_is_not_for_everybody_begins_for_some() -> None:
    graph = flow(
        OPENING, ("start: town", "when: {fact: customer.verified, op: is, value: true}\nstart: town")
    )
    assert Talk.over(graph, customer={"verified": True}).hear(StartFlow("opening")) == "Which town?"
    assert Talk.over(graph).hear(StartFlow("opening")).startswith("I did not understand")


@pytest.mark.parametrize(
    ("text", "likely", "begun"),
    [
        ("tomorrow at 2pm", 0.7, False),  # to a question that is not about it
        ("tomorrow at 2pm", 0.95, True),
        ("I want to know it for tomorrow at 2pm", 0.7, True),
        ("your hours", 0.7, True),
    ],
)
def test_a_mere_day_or_hour_begins_no_other_flow(text: str, likely: float, begun: bool) -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"))  # which asks for the number of an order
    words = Words(text, begins="opening", likely=likely)
    heard = interpret(talk.library, talk.state, words, Facts(NOW, "en")).heard
    assert heard
    assert (StartFlow("opening") in heard.commands) is begun
