"""Simulated customers with the sample company's flows: goals are reached, or it is said which was not."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.models import Assistant
from evaluation.models import Scenario
from evaluation.running import run_scenario
from evaluation.scenarios import keep
from evaluation.script_yaml import from_yaml, to_yaml
from evaluation.scripted import Script
from tests.assistant.conftest import articles as articles
from tests.assistant.conftest import flows as flows

pytestmark = pytest.mark.django_db(transaction=True)
KNOWS = {"order": "LP-2041170", "reason": "too big", "way": "by post", "email": "lea@example.org"}


def returning(**more: Any) -> Script:
    told: dict[str, Any] = {
        "goal": "Return a lamp", "begins": ["I want to return a lamp"], "knows": KNOWS,
        "reached": {"ends": "return_item", "called": {"register_return": {"email": "lea@example.org"}}},
    }  # fmt: skip
    brings = {"register_return": {"data": {"number": "RT-1"}}}
    return Script.model_validate({"name": "A return", "actions": brings, "simulated": {**told, **more}})


def test_a_goal_is_reached(ada: Assistant, flows: None) -> None:
    turned = run_scenario(returning(asks=["How long does delivery in Europe take?"]), ada)
    assert turned[-1].met and "RT-1" in turned[-1].said
    assert any("How long does delivery" in one.words for one in turned)
    assert {check.kind for check in turned[-1].checks} == {"ends", "called"}
    scenario = keep(Scenario(), returning(), author=None)
    assert scenario.script["simulated"]["goal"] == "Return a lamp"


def test_a_goal_that_is_not_reached_is_a_failure(ada: Assistant, flows: None) -> None:
    turned = run_scenario(returning(knows={"order": "LP-2041170"}, patience=4), ada)
    missed = {check.kind for check in turned[-1].checks if check.met is False}
    assert "patience" in missed and "called" in missed and len(turned) <= 4


def test_it_is_yaml_and_back() -> None:
    script = returning(typos=0.5, corrects={"order": "LP-9"}, presses=["Return an item"], seed=3)
    assert from_yaml(to_yaml(script)) == script
