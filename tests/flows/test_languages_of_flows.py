"""A flow begins where customers can read what it says; elsewhere only if somebody wants it so."""

from __future__ import annotations

import pytest

from flows import spoken_here
from flows.graph import Graph
from flows.languages import begins_in, may_begin
from flows.looking import told_of
from tests.flows.shop import OPENING, flow


def only(*languages: str, **more) -> Graph:
    data = flow(OPENING).model_dump(mode="json", by_alias=True)
    for text in (data["slots"]["town"]["ask"], *(node["text"] for node in data["nodes"] if node.get("text"))):
        for code in {*text} - {*languages}:
            del text[code]
    return Graph.model_validate({**data, **more})


def test_it_begins_in_the_languages_that_its_steps_speak() -> None:
    """Its name and its examples may be there in more."""
    assert begins_in(flow(OPENING), {}) == ["en", "fr"]
    assert begins_in(only("en"), {}) == ["en"] and flow(OPENING).name["fr"]
    assert may_begin(only("en"), "en", {}) and not may_begin(only("en"), "fr", {})


def test_a_region_reads_its_language() -> None:
    assert may_begin(only("fr"), "fr-CA", {})


def test_one_that_calls_others_begins_where_they_speak_too() -> None:
    nodes = [{"id": "b", "kind": "call", "flow": "opening"}, {"id": "c", "kind": "call", "flow": "calls"}]
    calls = Graph.model_validate({"key": "calls", "name": {"en": "A"}, "start": "b", "nodes": nodes})
    assert begins_in(calls, {}) == [] and may_begin(calls, "fr", {})  # what it calls is not known
    assert begins_in(calls, {"opening": only("en"), "calls": calls}) == ["en"]
    assert begins_in(calls, {"opening": only("en", any_language=True)}) == []
    said = {"id": "a", "kind": "say", "text": {"en": "Hello", "fr": "Bonjour"}, "next": "b"}
    speaks = Graph.model_validate({"key": "calls", "start": "a", "nodes": [said, *nodes]})
    assert begins_in(speaks, {"opening": only("en")}) == ["en"]
    assert begins_in(speaks, {"opening": flow(OPENING)}) == ["en", "fr"]


def test_one_that_calls_itself_by_another_name_comes_to_an_end() -> None:
    nodes = [{"id": "a", "kind": "say", "text": {"en": "Hello"}}, {"id": "b", "kind": "call", "flow": "old"}]
    round_and_round = Graph.model_validate({"key": "new", "start": "a", "nodes": nodes})
    assert begins_in(round_and_round, {"old": round_and_round}) == ["en"]


def test_its_own_language_may_be_wanted_anywhere() -> None:
    assert may_begin(only("en", any_language=True), "fr", {})
    assert not may_begin(only("en", any_language=True, begins=False), "fr", {})


@pytest.mark.parametrize(("spoken", "told"), [(["en"], 0), (["en", "fr"], 1), ([], 0)])
def test_whoever_draws_it_is_told_where_it_does_not_begin(
    spoken: list[str], told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken_here, "_look", [lambda: spoken])
    found = [one for one in told_of(only("en"), {}) if one["code"] == "begins_in"]
    assert len(found) == told
    if told:
        assert found[0]["text"].startswith("Its steps speak English only: it does not begin in other")
    assert not [one for one in told_of(only("en", any_language=True), {}) if one["code"] == "begins_in"]
