"""A scenario is YAML and back with nothing lost, and what is wrong in it is said with its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.contradictions import contradiction
from evaluation.script_yaml import EXAMPLE, from_yaml, to_yaml
from evaluation.scripted import Expected, Script
from flows.yaml_reading import YamlError

LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30) | st.sampled_from(
    ["yes", "1", "null", "a: b", "- c", "# d", "“é”", "e\nf", "{order}", "&g", "2026-01-01", " h "]
)
LINES = st.lists(LINE, max_size=3).map(tuple)
VALUE = LINE | st.booleans() | st.integers(-(10**6), 10**6) | st.none() | st.floats(-1e6, 1e6)
EXPECTED: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "says": LINES, "says_not": LINES, "cites": LINES, "actions": LINES, "flow": LINE, "ends": LINE,
        "slots": st.dictionaries(LINE, VALUE, max_size=3), "rubric": LINE, "offers": LINES, "means": LINES,
        "called": st.dictionaries(LINE, st.dictionaries(LINE, VALUE, max_size=2), max_size=2),
        "matches": st.lists(st.sampled_from([r"LP-\d+", "^a|b$", "(?:é){2}"]), max_size=2),
        "language": st.sampled_from(["en", "fr"]), "within": st.floats(0.1, 600), "costs": st.floats(0, 9),
        "outcome": st.sampled_from(["answered", "handoff", "guided"]),
        "handoff": st.sampled_from([True, False, "policy", "customer_request"]),
    },
).filter(lambda given: not contradiction(Expected.model_construct(**given)))  # fmt: skip
MORE = {"expects": EXPECTED, "notes": LINES}
FILLED = st.dictionaries(LINE, LINE | st.just("") | st.integers() | st.booleans(), max_size=3)
SCRIPTS = st.fixed_dictionaries(
    {
        "name": LINE,
        "turns": st.lists(
            st.one_of(
                st.fixed_dictionaries({"customer": LINE}, optional={**MORE, "form": FILLED}),
                st.fixed_dictionaries({"form": FILLED}, optional=MORE),
            ),
            min_size=1, max_size=3,
        ),
    },
    optional={
        "language": st.sampled_from(["en", "fr", "pt-BR"]), "notes": LINES,
        "situation": st.sampled_from(["correction", "handoff"]),
        "actions": st.dictionaries(
            LINE, st.fixed_dictionaries({}, optional={"ok": st.booleans(), "data": VALUE}), max_size=2
        ),
    },
)  # fmt: skip


@given(SCRIPTS)
def test_nothing_is_lost(given):
    script = Script.model_validate(given)
    assert from_yaml(to_yaml(script)) == script
    assert Script.model_validate(script.as_json()) == script


FORM = """name: A form
turns:
  - form:
      name: Ann
      guests: 2
      sure: true
      day: 2026-12-01
  - form: {}
"""


def test_a_form_is_kept_as_a_browser_sends_it():
    script = from_yaml(FORM)
    assert script.turns[0].form == {"name": "Ann", "guests": "2", "sure": "yes", "day": "2026-12-01"}
    assert script.turns[1].form == {} and script.turns[1].customer == ""
    assert from_yaml(to_yaml(script)) == script and "customer" not in to_yaml(script)


def test_the_example_that_a_new_one_begins_with_reads():
    assert to_yaml(from_yaml(EXAMPLE)) == EXAMPLE.replace("language: en\n", "")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (EXAMPLE.replace("says:", "sayz:", 1), 8, "sayz"),
        (EXAMPLE.replace("  - customer: LP-2041170", "  - custome: LP-2041170"), 10, "customer"),
        (EXAMPLE.replace("situation: correction", "situation: mistake"), 3, "correction"),
        ("name: x\nturns: []\n", 1, "one of both"),
        ("name: x\nturns:\n  - customer: ''\n", 3, "Add “customer” with words, or “form”"),
        ("name: x\nturns:\n  - form:\n      a: [b]\n", 4, "A text is expected"),
        ("name: x\nturns:\n  - customer: &a x\n", 3, "Anchors"),
        (
            EXAMPLE.replace("- order number", "- order number\n      says_not:\n        - ORDER"),
            6,
            "take one",
        ),
        (EXAMPLE.replace("flow: return_item", "handoff: true\n      outcome: answered"), 6, "“answered”"),
        (
            EXAMPLE.replace("flow: return_item", "cites: [Returns]\n      outcome: declined"),
            6,
            "cites nothing",
        ),
        (EXAMPLE.replace("flow: return_item", "matches: ['(a']"), 7, "missing )"),
        (EXAMPLE.replace("flow: return_item", "within: 0"), 7, "too small"),
        ("name: x\n", 1, "turns"),
        ("", 1, "Settings are expected"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, words):
    with pytest.raises(YamlError) as raised:
        from_yaml(text)
    assert raised.value.line == line and words in str(raised.value)
