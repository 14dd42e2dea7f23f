"""A flow as Rasa's CALM flows, with what Rasa cannot say named."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings

from flows.graph import Graph
from flows.rasa_form import left_out, to_rasa
from tests.flows.drawn import graphs
from tests.flows.shop import OPENING, RETURN, flow

KINDS = {"action", "collect", "noop", "set_slots", "call", "link"}


def read(graph: Graph) -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load(to_rasa(graph))
    return written


def test_steps_slots_and_texts_are_written() -> None:
    written = read(flow(RETURN))
    steps = written["flows"]["return"]["steps"]
    assert [{name: one for name, one in step.items() if name != "metadata"} for step in steps] == [
        {"id": "hello", "action": "utter_return_hello", "next": "order"},
        {"id": "order", "collect": "order", "next": "reason"},
        {"id": "reason", "collect": "reason", "next": "label"},
        {"id": "label", "collect": "return_label_confirmed", "ask_before_filling": True,
         "next": [{"if": "slots.return_label_confirmed = true", "then": "label-do"}, {"else": "kept"}]},
        {"id": "label-do", "action": "make_label", "next": "done"},
        {"id": "done", "action": "utter_return_done", "next": "END"},
        {"id": "kept", "action": "utter_return_kept", "next": "END"},
    ]  # fmt: skip
    assert written["slots"]["reason"]["values"] == ["broken", "size"]
    assert written["slots"]["return_label_confirmed"]["type"] == "bool"
    assert written["actions"] == ["make_label"]
    (asked,) = written["responses"]["utter_ask_reason"]
    assert asked["translation"] == {"fr": {"text": "Pourquoi le retournez-vous ?"}}
    assert asked["buttons"][0] == {"title": "It is broken", "payload": "/SetSlots(reason=broken)"}


def test_the_first_step_comes_first_and_conditions_are_rasas() -> None:
    branch = """nodes:
  - id: late
    kind: branch
    cases:
      - when:
          all:
            - {fact: slots.town, op: one_of, value: [Lyon, Nice]}
            - not: {fact: time.hour, op: above, value: 9}
        next: told
    next: town
"""
    steps = read(flow(OPENING, ("nodes:\n", branch)))["flows"]["opening"]["steps"]
    assert [one["id"] for one in steps] == ["town", "late", "told"]
    assert steps[1]["next"] == [
        {
            "if": '(slots.town = "Lyon" or slots.town = "Nice") and (not (slots.time_hour > 9))',
            "then": "told",
        },
        {"else": "town"},
    ]


def test_what_rasa_cannot_say_is_named_and_stands_above() -> None:
    places = {(one.place, one.what.split()[0]) for one in left_out(flow(RETURN))}
    assert places == {
        ("return", "examples"), ("slots.order", "kind"), ("slots.order", "reject"),
        ("slots.order", "pattern"), ("slots.order", "remembered"), ("label", "given"), ("label", "takes"),
    }  # fmt: skip
    assert "# Not said in Rasa: slots.order: pattern\n" in to_rasa(flow(RETURN))


def test_a_flow_that_only_others_call_is_not_begun_by_customers() -> None:
    assert (
        read(flow(OPENING, ("start: town", "begins: false\nstart: town")))["flows"]["opening"]["if"] is False
    )


@settings(max_examples=100)
@given(graphs)
def test_whatever_is_drawn_is_yaml_that_leads_on_to_steps_there_are(graph: Graph) -> None:
    for made in read(graph)["flows"].values():
        ids = [step["id"] for step in made["steps"]]
        assert all(len(KINDS & set(step)) == 1 for step in made["steps"])
        for step in made["steps"]:
            ways = step.get("next", "END")
            ways = [{"then": ways}] if isinstance(ways, str) else ways
            targets = [way.get("then", way.get("else")) for way in ways]
            assert set(targets) <= {*ids, "END"}
