"""What a scenario expects of an answer, point by point."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.events import Answer, Citation, HandoffReason, Outcome, Route
from evaluation.expecting import Check, checks, same, stands_in
from evaluation.scripted import Expected
from flows.shown_cards import ShownButton, ShownCard


def answer(text: str = "", **more: Any) -> Answer:
    return Answer(**{"text": text, "outcome": Outcome.GUIDED, "language": "en", **more})


def met(expects: dict[str, Any], given: Answer, done: tuple[str, ...] = ()) -> list[bool | None]:
    return [check.met for check in checks(Expected.model_validate(expects), given, done)]


@pytest.mark.parametrize(
    ("line", "said", "stands"),
    [
        ("What is your email?", "Fine.\n\nWhat is  your **email**?", True),
        ("Order {order} is {state}.", "Order LP\\_1 is on its way.", True),
        ("Order {order} is {state}.", "Is order", False),
        ("l’adresse", "L'ADRESSE", True),
        ("b a", "a b", False),
    ],
)
def test_words_stand_in_their_order_whatever_their_form(line, said, stands):
    assert stands_in(line, said) is stands


def test_what_is_said_and_not_said_is_looked_at():
    assert met({"says": ["hello", "bye"], "says_not": ["bye"]}, answer("Hello!")) == [True, False, True]


def test_what_stands_on_cards_is_said_too():
    shown = answer(
        "Our lamps", cards=(ShownCard("Luna", "Warm light", (ShownButton("Take it", says="Luna"),)),)
    )
    assert met({"says": ["Luna", "Warm light", "Take it"], "says_not": ["Sol"]}, shown) == [True] * 4


def test_flows_slots_and_actions_are_looked_at():
    frame = {"flow": "pay", "slots": {"amount": {"amount": "12.50", "currency": "EUR"}, "sure": True}}
    state = {"flow": {"frames": [frame], "remembered": {"name": "Ann"}}}
    given = answer(state=state, route=Route("flow", "en", steps=("pay@1/ask", "pay@1/say")))
    slots = {"amount": 12.5, "sure": True, "name": "ann", "gone": None}
    wanted = {"flow": "pay", "ends": "pay", "slots": slots, "actions": ["book"]}
    assert met(wanted, given, ("book",)) == [True, False, True, True, True, True, True]


def test_who_takes_over_and_why_is_looked_at():
    over = answer(outcome=Outcome.HANDOFF, handoff_reason=HandoffReason.POLICY)
    assert met({"handoff": True}, over) == met({"handoff": "policy"}, over) == [True]
    assert met({"handoff": "usage_limit", "outcome": "answered"}, over) == [False, False]
    assert met({"handoff": False}, answer()) == [True]


def test_a_source_counts_by_its_title_or_its_name_elsewhere():
    cited = Citation(1, 1, 1, 1, "faq-7", "Returns", "", "", "en", "", "")
    given = answer(citations=(cited,))
    assert met({"cites": ["returns", "FAQ-7", "Delivery"]}, given) == [True, True, False]


def test_a_rubric_waits_for_somebody_to_judge_it():
    assert list(checks(Expected(rubric="is kind"), answer(), ())) == [Check("rubric", "is kind", None)]


def test_values_are_compared_as_people_do():
    assert same("50", 50.0) and same({"from": "2026-01-01T10:00"}, "2026-01-01T10:00") and same(True, "true")
    assert not same(None, "x") and not same("1", True)
