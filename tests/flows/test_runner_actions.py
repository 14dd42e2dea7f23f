"""What a flow has done, with what, and what happens when it fails or the customer says no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flows.interpreting import Words, interpret
from flows.run import MOST_STEPS, Facts
from flows.runner import COMING_BACK
from flows.state import AskKnowledge, ChitChat, ChooseOption, Confirm, NotUnderstood, SetSlot, StartFlow
from tests.flows.shop import ORDER, RETURN, flow
from tests.flows.talking import NOW, Talk


@pytest.fixture
def talk() -> Talk:
    """At the question whether a label is to be made."""
    talk = Talk.over(flow(RETURN), flow(ORDER))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    return talk


@pytest.mark.parametrize("answer", [Confirm(True), ChooseOption("yes")])
def test_a_yes_has_it_done_with_what_is_known(talk: Talk, answer: Confirm) -> None:
    talk.hear(answer)
    assert (talk.to_do.action, talk.to_do.given) == ("make_label", {"order": "A1234", "reason": "size"})
    assert talk.acted(data={"url": "a link"}) == "Here is your label: a link"


def test_a_no_leads_where_the_flow_says(talk: Talk) -> None:
    assert talk.hear(Confirm(False)) == "Fine, you keep it."
    assert talk.to_do is None


@pytest.mark.parametrize("words", ["sure", "fine"])
def test_what_is_hardly_a_yes_is_asked_again_and_not_answered_like_one(talk: Talk, words: str) -> None:
    """An “All right.” would sound as if it were done."""
    read = interpret(talk.library, talk.state, Words(words, courtesy="All right."), Facts(NOW))
    assert read.heard is not None and not any(isinstance(one, ChitChat) for one in read.heard.commands)
    said = talk.hear(*read.heard.commands)
    assert "All right." not in said and said.endswith("Shall I make a label for A1234? [Yes] [No]")


def test_where_it_says_nothing_a_no_stops_the_flow() -> None:
    talk = Talk.over(flow(RETURN, ("    declined: kept\n", "")), language="fr")
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    assert talk.hear(Confirm(False)) == "D’accord, j’arrête là\N{NO-BREAK SPACE}: Retourner un article."


def test_neither_yes_nor_no_is_asked_again_and_nothing_is_done(talk: Talk) -> None:
    said = talk.hear(NotUnderstood())
    assert said.endswith("Shall I make a label for A1234? [Yes] [No]")
    talk.hear(AskKnowledge("What does it cost?"))
    assert talk.answered().endswith("Shall I make a label for A1234? [Yes] [No]")
    assert talk.to_do is None


def test_an_action_that_always_asks_does_so_whatever_the_flow_says() -> None:
    talk = Talk.over(flow(ORDER))
    talk.library = replace(talk.library, confirmed_actions=frozenset({"find_order"}))
    assert talk.hear(StartFlow("order"), SetSlot("order", "A1234")) == "Shall I go ahead? [Yes] [No]"
    talk.hear(Confirm(True))
    assert talk.to_do.action == "find_order"


def test_one_that_fails_leads_where_the_flow_says() -> None:
    talk = Talk.over(flow(ORDER))
    talk.hear(StartFlow("order"), SetSlot("order", "A1234"))
    assert talk.acted(ok=False, error="timeout") == "I find no such order."


def test_where_it_says_nothing_a_person_is_offered_who_knows_what_was_said(talk: Talk) -> None:
    talk.hear(Confirm(True))
    assert talk.acted(ok=False, error="timeout").startswith("I am sorry, that did not work just now.")
    talk.hear(ChooseOption("yes"))
    assert talk.handed_over.reason == "tool_failure"
    assert talk.handed_over.slots == {"order": "A1234", "reason": "size"}


def test_whatever_comes_back_is_taken_or_left() -> None:
    brought: list[Any] = [
        None,
        [],
        {"state": {"deep": 1}},
        {"state": None},
        "text",
        7,
        {"state": "x" * 50_000},
    ]
    for data in brought:
        talk = Talk.over(flow(ORDER))
        talk.hear(StartFlow("order"), SetSlot("order", "A1234"))
        assert talk.acted(data=data).startswith("It is ")


def test_words_that_come_before_the_result_do_not_have_it_done_twice(talk: Talk) -> None:
    talk.hear(Confirm(True))
    first = talk.to_do.key
    talk.hear(AskKnowledge("How long does it take?"))
    talk.answered()
    assert talk.to_do.key == first


def test_one_that_leads_back_to_itself_is_not_repeated_for_ever() -> None:
    talk = Talk.over(flow(ORDER, ("failed: unknown", "failed: find")))
    talk.hear(StartFlow("order"), SetSlot("order", "A1234"))
    times = 0
    while talk.to_do:
        times += 1
        said = talk.acted(ok=False, error="timeout")
    assert times <= MOST_STEPS // COMING_BACK
    assert said.startswith("I am sorry, that did not work just now.")
