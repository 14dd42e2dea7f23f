"""What a run says about a side, in numbers."""

from __future__ import annotations

from typing import Any

from evaluation.runs.summing import Figures, Played, Share, figures
from evaluation.scripted import Script
from evaluation.turned import Check, Source, Spent, Turned


def script(*turns: dict[str, Any], **more: Any) -> Script:
    return Script.model_validate({"name": "x", "turns": turns or ({"customer": "Hello"},), **more})


def turned(said: str, *met: bool | None, **more: Any) -> Turned:
    checks = tuple(Check("says", "x", one) for one in met)
    return Turned(**{"said": said, "outcome": "answered", "checks": checks, "language": "en", **more})


def test_accuracy_is_counted_by_scenario_answer_and_expectation():
    cases = [
        Played(0, True, script(situation="handoff"), (turned("a", True, True), turned("b"))),
        Played(1, False, script(situation="handoff", language="fr"), (turned("a", True, False),)),
        Played(2, None, script(), ()),
    ]
    found = figures(cases)
    assert found.passed == Share(1, 2) and found.failed == 1
    assert found.turns == Share(1, 2) and found.checks == Share(3, 4)  # "b" was expected to be nothing
    assert found.situations == {"handoff": Share(1, 2)}
    assert found.languages == {"en": Share(1, 1), "fr": Share(0, 1)}


def test_what_nobody_has_judged_counts_for_nothing():
    assert figures([Played(0, True, script(), (turned("a", None, True),))]).checks == Share(1, 1)


def test_questions_that_are_asked_again_and_answers_that_are_repeated_are_counted():
    asked = "Sorry.\nWhat is your order number?"
    said = (turned("What is your order number?"), turned(asked), turned("Thanks."), turned("Thanks."))
    found = figures([Played(0, True, script(), said)])
    assert found.asked_again == Share(1, 2) and found.repeated == Share(1, 4)


def test_another_language_than_the_customers_is_counted_unless_it_is_what_is_tested():
    said = (turned("Bonjour", language="fr"), turned("Hello"))
    assert figures([Played(0, True, script(), said)]).switched == Share(1, 2)
    assert figures([Played(0, True, script(situation="language"), said)]).switched == Share()


def test_the_place_of_the_right_article_is_counted():
    cites = {"customer": "?", "expects": {"cites_one": ["returns", "refunds"]}}
    by_title = {"customer": "?", "expects": {"cites": ["Our delivery"]}}
    second = turned("a", True, found=("delivery", "refunds"))
    none = turned("a", False, found=("delivery",))
    titled = turned("a", True, found=("delivery",), sources=(Source(1, "delivery", "Our delivery", ""),))
    found = figures([Played(0, True, script(cites, cites, by_title), (second, none, titled))])
    assert found.hit == Share(2, 3) and found.mrr == (1 / 2 + 0 + 1) / 3


def test_money_is_told_only_where_every_model_has_a_price():
    priced = turned("a", spent=Spent(tokens=10, cost=0.5, model="m"))
    free, unpriced = turned("b"), turned("c", spent=Spent(tokens=5, model="n"))
    assert figures([Played(0, True, script(), (priced, free))]).cost == 0.5
    both = figures([Played(0, True, script(), (priced, unpriced))])
    assert both.cost is None and both.tokens == 15


def test_time_and_effort_are_medians():
    quick, slow = Spent(first_word=0.1, seconds=0.2), Spent(first_word=0.3, seconds=1.0)
    said = (turned("a", spent=quick, words="two words"), turned("b", spent=slow, words="and three more"))
    found = figures([Played(0, True, script(), said)])
    assert found.first_word == (0.2, 0.3) and found.seconds == (0.6, 1.0)
    assert found.words == 5 and found.to_goal == 2


def test_figures_are_kept_as_json():
    found = figures([Played(0, True, script(), (turned("a", True, steps=("f@1/x",)),))])
    assert Figures.from_json(found.as_json()) == found and found.reached == ("f@1/x",)
    assert Figures.from_json(figures([]).as_json()) == figures([])
