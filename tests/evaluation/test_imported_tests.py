"""The tests of an imported bot become scenarios, and nothing of them is lost."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from evaluation.imported_tests import scripts_of
from evaluation.models import Scenario
from evaluation.scenarios import take_in
from evaluation.scripted import Script
from flows.importers.rasa import RASA
from tests.flows.importers.exports import RASA_CALM, Read, bot

TOLD = """version: "3.1"
stories:
- story: a booking
  steps:
  - user: I want to book
    intent: book
  - action: booking_form
  - active_loop: booking_form
  - active_loop: null
  - action: action_book
  - action: utter_booked
- story: a booking
  steps:
  - action: utter_bye
  - user: bye
    intent: nothing
  - slot_was_set:
    - size: large
"""
CLASSIC = {
    "domain.yml": bot("classic_domain.yml"), "nlu.yml": bot("classic_nlu.yml"),
    "rules.yml": bot("classic_rules.yml"), "test_stories.yml": TOLD,
}  # fmt: skip


def scripts(files: dict[str, str]) -> list[Script]:
    told = [asdict(one) for one in Read(RASA, files).made.scenarios]
    return list(scripts_of(json.loads(json.dumps(told))))


def test_assertions_become_expectations():
    [script] = scripts(RASA_CALM)
    first, second = script.turns
    assert (first.expects.flow, first.expects.says) == ("transfer_money", ("To whom?",))
    assert (second.customer, second.expects.slots) == ("Ann", {"recipient": "Ann"})


def test_stories_with_the_customers_words_tell_which_flow_begins():
    first, second = scripts(CLASSIC)
    assert first.turns[0].expects.flow == "book" and first.turns[0].expects.says[0]
    assert first.turns[0].expects.actions == () and "later: action_book" in first.turns[0].notes
    assert (second.name, second.turns[0].expects.slots) == ("a booking (2)", {"size": "large"})
    assert second.notes  # what was said before the customer said anything


@pytest.mark.parametrize(
    "test", [None, [], {"turns": "x"}, {"name": 7, "turns": [{"role": "customer", "text": ""}]}]
)
def test_what_is_no_test_is_left_out(test):
    assert list(scripts_of([test])) == []


@pytest.mark.django_db
def test_what_is_here_already_stays_as_it_is():
    assert take_in(scripts(CLASSIC), origin="bot", author=None) == 2
    Scenario.objects.filter(name="a booking").update(name="a booking", language="fr")
    assert take_in(scripts(CLASSIC), origin="bot", author=None) == 0
    assert Scenario.objects.get(name="a booking").language == "fr"
    assert take_in(scripts(CLASSIC), origin="another", author=None) == 2
