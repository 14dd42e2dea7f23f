"""What a scenario expects of an answer, point by point."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.events import Answer, Citation, HandoffReason, Option, Outcome, Route
from evaluation.expecting import Played, checks, same
from evaluation.scripted import Expected
from evaluation.turned import Check, Spent, Turned
from evaluation.wording import stands_in
from flows.shown_cards import ShownButton, ShownCard


def answer(text: str = "", **more: Any) -> Answer:
    return Answer(**{"text": text, "outcome": Outcome.GUIDED, "language": "en", **more})


def met(expects: dict[str, Any], given: Answer, **more: Any) -> list[bool | None]:
    return [check.met for check in checks(Expected.model_validate(expects), Played(given, **more))]


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
    assert met({"says": ["hello", "good"], "says_not": ["bye"]}, answer("Hello!")) == [True, False, True]
    assert met({"says_not": ["hello"]}, answer("Hello!")) == [False]


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
    assert met(wanted, given, done=[("book", {})], walked=("pay@1/ask",)) == [
        True,
        False,
        True,
        True,
        True,
        True,
        True,
    ]


def test_a_flow_that_never_began_has_not_ended():
    assert met({"ends": "pay"}, answer()) == [False]
    assert met({"ends": "pay"}, answer(), walked=("pay@1/ask", "pay@1/say")) == [True]


def test_what_an_action_was_given_is_looked_at():
    done = [("book", {"day": "2026-12-01", "guests": 2, "note": None}), ("tell", {})]
    wanted = {"called": {"book": {"guests": "2", "note": None}, "tell": {}, "pay": {"amount": 1}}}
    assert met(wanted, answer(), done=done) == [True, True, False]
    assert met({"called": {"book": {"guests": 3}}}, answer(), done=done) == [False]


def test_patterns_are_found_anywhere_whatever_their_case():
    given = answer("Order LP-204 is on its way.\nThanks!")
    assert met({"matches": [r"lp-\d{3}\b", "^thanks", r"\d{4}"]}, given) == [True, True, False]


def test_a_pattern_that_never_comes_to_an_end_is_stopped():
    check = next(checks(Expected(matches=(r"(?:a|aa)+$",)), Played(answer("a" * 60 + "b"))))
    assert check.met is False and "too long" in check.found


def test_language_buttons_time_and_money_are_looked_at():
    given = answer(language="fr", options=(Option("Oui, merci", "oui"),))
    assert met({"language": "fr", "offers": ["oui", "Non"]}, given) == [True, False, True]
    assert met({"language": "en"}, given) == [False]
    spent = Spent(seconds=1.2, tokens=300, cost=0.002, model="small")
    assert met({"within": 2, "costs": 0.001}, given, spent=spent) == [True, False]
    assert met({"costs": 0}, given, spent=Spent()) == [True]  # no model was asked
    assert met({"costs": 1}, given, spent=Spent(model="unpriced")) == [None]


def test_who_takes_over_and_why_is_looked_at():
    over = answer(outcome=Outcome.HANDOFF, handoff_reason=HandoffReason.POLICY)
    assert met({"handoff": True}, over) == met({"handoff": "policy"}, over) == [True]
    assert met({"handoff": "usage_limit"}, over) == met({"outcome": "answered"}, over) == [False]
    assert met({"handoff": False}, answer()) == [True]


def test_a_source_counts_by_its_title_or_its_name_elsewhere():
    cited = Citation(1, 1, 1, 1, "faq-7", "Returns", "", "", "en", "", "")
    given = answer(citations=(cited,))
    assert met({"cites": ["returns", "FAQ-7", "Delivery"]}, given) == [True, True, False]


def test_a_rubric_waits_for_somebody_to_judge_it():
    (found,) = checks(Expected(rubric="is kind"), Played(answer()))
    assert found == Check("rubric", "is kind", None)
    judged = Turned("Hello", "answered", checks=(found,)).judged(Check("rubric", "is kind", False, "rude"))
    assert judged.checks == (Check("rubric", "is kind", False, "rude"),) and not judged.met


def test_values_are_compared_as_people_do():
    assert same("50", 50.0) and same({"from": "2026-01-01T10:00"}, "2026-01-01T10:00") and same(True, "true")
    assert not same(None, "x") and not same("1", True)
