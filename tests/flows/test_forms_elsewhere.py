"""A form as text, as a picture, as a list, for Rasa, and compared with another version of it."""

from __future__ import annotations

import yaml

from flows.comparing import lines_between
from flows.mermaid import to_mermaid
from flows.outline import outline
from flows.rasa_form import left_out, to_rasa
from flows.yaml_form import from_yaml, to_yaml
from tests.flows.shop import CONTACT, flow


def test_yaml_keeps_it_with_its_slots_in_their_order() -> None:
    graph = flow(CONTACT, ("[name, email, day]", "[email, day, name]"))
    written = to_yaml(graph)
    assert from_yaml(written) == graph
    assert list(yaml.safe_load(written)["slots"]) == ["email", "day", "name"]


def test_the_picture_and_the_list_name_what_it_asks_for() -> None:
    assert "How can we reach you? #40;Name, E#45;mail, Day#41;" in to_mermaid(flow(CONTACT), "en")
    first, last = outline(flow(CONTACT), "fr")
    assert first.text == "Comment vous joindre ? (Nom, E-mail, Jour)"
    assert last.number == 2


def test_rasa_asks_for_its_slots_one_after_the_other() -> None:
    graph = flow(CONTACT, ("optional: [day]", "optional: [day]\n    again: true"))
    steps = yaml.safe_load(to_rasa(graph))["flows"]["contact"]["steps"]
    assert [{name: one for name, one in step.items() if name != "metadata"} for step in steps] == [
        {"id": "details", "action": "utter_contact_details", "next": "details-1"},
        {"id": "details-1", "collect": "name", "ask_before_filling": True, "next": "details-2"},
        {"id": "details-2", "collect": "email", "ask_before_filling": True, "next": "details-3"},
        {"id": "details-3", "collect": "day", "ask_before_filling": True, "next": "thanks"},
        {"id": "thanks", "action": "utter_contact_thanks", "next": "END"},
    ]
    assert ("details", "day may stay empty") in [tuple(one) for one in left_out(graph)]


def test_what_has_changed_in_it_is_told() -> None:
    after = flow(CONTACT, ("[name, email, day]", "[name, email]"), ("optional: [day]", "optional: []"))
    told = [one["text"] for one in lines_between(flow(CONTACT), after)]
    assert "Step “details” – what is asked for: “name, email, day” → “name, email”" in told
    assert any("what may stay empty" in one for one in told)
