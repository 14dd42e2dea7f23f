"""What is different between two versions of a flow is told step by step and text by text."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from flows.differences import Difference, differences
from flows.graph import Graph
from tests.flows.drawn import graphs
from tests.flows.shop import OPENING, RETURN, flow


def told(text: str, *replaced: tuple[str, str]) -> list[tuple[Any, ...]]:
    """(kind, part, name, field, language, before, after) of each."""
    return [
        (one.kind, one.part, one.name, one.field, one.language, one.before, one.after)
        for one in differences(flow(text), flow(text, *replaced))
    ]


def test_a_changed_text_is_told_in_its_language_with_before_and_after() -> None:
    assert told(OPENING, ("In {town} from 9", "In {town} from 8")) == [
        ("changed", "step", "told", "text", "en", "In {town} from 9 to 18.", "In {town} from 8 to 18.")
    ]


def test_a_new_translation_and_one_that_is_gone_are_changes_of_the_text() -> None:
    assert told(OPENING, ("ask: {en: Which town?, fr", "ask: {de: Welche Stadt?, fr")) == [
        ("changed", "slot", "town", "ask", "en", "Which town?", None),
        ("changed", "slot", "town", "ask", "de", None, "Welche Stadt?"),
    ]


def test_examples_are_told_line_by_line() -> None:
    assert told(OPENING, ("[when are you open]", "[is it open today, when are you open]")) == [
        ("added", "flow", "", "examples", "en", None, "is it open today")
    ]
    assert told(OPENING, ("  en: [when are you open]\n", "")) == [
        ("removed", "flow", "", "examples", "en", "when are you open", None)
    ]


def test_a_step_that_was_added_is_told_as_a_whole() -> None:
    found = told(OPENING, ("nodes:\n", "nodes:\n  - {id: bye, kind: end}\n"))
    assert [one[:3] for one in found] == [("added", "step", "bye")]
    assert found[0][6]["kind"] == "end"


def test_a_step_that_was_removed_is_told_with_where_others_lead_now() -> None:
    kept = "  - {id: kept, kind: end, text: {en: 'Fine, you keep it.', fr: 'Très bien, vous le gardez.'}}\n"
    found = told(RETURN, (kept, ""), ("declined: kept", "declined: done"))
    assert [one[:4] for one in found] == [
        ("changed", "step", "label", "declined"),
        ("removed", "step", "kept", ""),
    ]


def test_a_step_with_another_name_is_renamed_and_nothing_else() -> None:
    found = told(OPENING, ("start: town", "start: ask_town"), ("{id: town, kind", "{id: ask_town, kind"))
    assert found == [("renamed", "step", "ask_town", "", "", "town", "ask_town")]
    found = told(RETURN, ("declined: kept", "declined: stays"), ("id: kept", "id: stays"))
    assert found == [("renamed", "step", "stays", "", "", "kept", "stays")]


def test_a_step_that_stands_elsewhere_is_moved() -> None:
    before = flow(OPENING, ("nodes:", "layout: {town: [0, 0], told: [0, 90]}\nnodes:"))
    after = flow(OPENING, ("nodes:", "layout: {town: [0, 0], told: [40, 90]}\nnodes:"))
    assert differences(before, after) == [
        Difference("moved", "step", "told", "layout", "", (0.0, 90.0), (40.0, 90.0))
    ]


def test_another_order_of_the_steps_is_told_once() -> None:
    graph = flow(OPENING)
    turned = graph.model_copy(update={"nodes": graph.nodes[::-1]})
    assert differences(graph, turned) == [
        Difference("moved", "flow", "", "nodes", "", ("town", "told"), ("told", "town"))
    ]


def test_choices_are_told_apart_by_their_values() -> None:
    choices = "      - {value: broken"
    found = told(
        RETURN, (choices, "      - {value: late, label: {en: Late}}\n" + choices), ("Wrong size", "Size")
    )
    assert ("added", "slot", "reason", "choices", "", None, "late") in found
    assert ("changed", "slot", "reason", "choices.late.label", "en", None, "Late") in found
    assert ("changed", "slot", "reason", "choices.size.label", "en", "Wrong size", "Size") in found
    assert not [one for one in found if "broken" in one[3]]


def test_a_condition_is_told_as_one() -> None:
    when = "begins: true\nwhen: {fact: customer.verified, op: is, value: %s}\nstart: town"
    before = flow(OPENING, ("start: town", when % "true"))
    (found,) = differences(before, flow(OPENING, ("start: town", when % "false")))
    assert (found.kind, found.field) == ("changed", "when")
    assert found.after == {"fact": "customer.verified", "op": "is", "value": False}


@settings(max_examples=100)
@given(graphs, graphs)
def test_there_is_none_exactly_where_both_are_the_same(one: Graph, other: Graph) -> None:
    assert differences(one, one) == []
    assert bool(differences(one, other)) == (one != other)


@settings(max_examples=50)
@given(graphs)
def test_another_order_in_the_database_is_no_difference(graph: Graph) -> None:
    turned = dict(reversed(graph.model_dump(by_alias=True).items()))
    assert differences(graph, Graph.model_validate(turned)) == []
