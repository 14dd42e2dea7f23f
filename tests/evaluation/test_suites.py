"""Suites as YAML and back, taken in, and those that ship with the sample company."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.models import Scenario, Suite
from evaluation.suites import keeping
from evaluation.suites.questions import suite_of
from evaluation.suites.yaml_form import SuiteFile, from_yaml, to_yaml
from flows.yaml_reading import YamlError
from knowledge.measuring import Question
from tests.evaluation.test_scenarios_as_yaml import SCRIPTS

SUITE = """suite: Returns
about: What comes back
scenarios:
  - name: One
    turns:
      - customer: Hello
  - name: Two
    turns:
      - customer: Hello
        expects:
          says: [Hi]
"""


@given(
    st.lists(SCRIPTS, min_size=1, max_size=3, unique_by=lambda one: str(one["name"])),
    st.text("ab: -", max_size=9),
)
def test_nothing_is_lost(scripts, about):
    suite = SuiteFile.model_validate({"suite": "s", "about": about, "scenarios": scripts})
    assert from_yaml(to_yaml(suite)) == suite


def test_a_scenario_alone_reads_too():
    alone = from_yaml("name: One\nturns:\n  - customer: Hello\n")
    assert (alone.suite, [one.name for one in alone.scenarios]) == ("", ["One"])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SUITE.replace("says:", "sayz:"), 11, "sayz"),
        (SUITE.replace("name: Two", "name: One"), 1, "2 scenarios are called “One”"),
        ("suite: Returns\nscenarios: []\n", 2, ""),
        ("suite: Returns\n", 1, "scenarios"),
        ("name: One\nturns:\n  - custome: Hello\n", 3, "customer"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, words):
    with pytest.raises(YamlError) as raised:
        from_yaml(text)
    assert raised.value.line == line and words in str(raised.value)


@pytest.mark.django_db
def test_a_suite_is_taken_in_and_handed_out_again():
    suite, taken = keeping.take_in(from_yaml(SUITE), author=None)
    assert (taken.new, suite.about) == (2, "What comes back")
    assert keeping.file_of(suite) == from_yaml(SUITE)
    changed = from_yaml(SUITE.replace("[Hi]", "[Good day]"))
    _suite, taken = keeping.take_in(changed, author=None)
    assert (taken.new, taken.changed, taken.same) == (0, 1, 1)
    assert keeping.file_of(Suite.objects.get()) == changed


@pytest.mark.django_db
def test_what_staff_made_of_the_sample_stays():
    assert keeping.load_sample() > 100 and Suite.objects.count() >= 5
    one = Scenario.objects.filter(suite__origin="sample").first()
    Scenario.objects.filter(pk=one.pk).update(script={"name": one.name, "turns": [{"customer": "Mine"}]})
    assert keeping.load_sample() == 0
    one.refresh_from_db()
    assert one.script["turns"] == [{"customer": "Mine"}]


@pytest.mark.django_db
def test_a_suite_that_is_handed_out_and_brought_back_is_the_same_one():
    keeping.load_sample()
    suite = Suite.objects.filter(origin="sample").first()
    number = Scenario.objects.count()
    first, *others = keeping.file_of(suite).scenarios
    mine = first.model_copy(update={"notes": ("mine",)})
    _suite, taken = keeping.take_in(SuiteFile(suite=suite.name, scenarios=(mine, *others)), author=None)
    assert (taken.new, taken.changed, Scenario.objects.count()) == (0, 1, number)


def test_questions_with_known_answers_become_scenarios():
    asked = [
        Question("1", "How long?", "en", ("I want to return it",), frozenset({"b", "a"})),
        Question("2", "Who won?", "en", answerable=False),
        Question("3", "How long?", "fr", (), frozenset({"a"})),
    ]
    first, second, third = suite_of(asked, "Asked").scenarios
    assert [turn.customer for turn in first.turns] == ["I want to return it", "How long?"]
    assert first.turns[-1].expects.cites_one == ("a", "b") and third.name == "How long? (2)"
    assert "answered" not in second.turns[0].expects.outcomes and second.situation == "no_answer"
