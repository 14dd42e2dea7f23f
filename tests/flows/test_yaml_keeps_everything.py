"""A flow that is written as YAML and read again is the same flow."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings

from flows.graph import Graph
from flows.yaml_form import from_yaml, to_yaml
from tests.flows.drawn import graphs

REPAIRS = sorted(Path("flows/stock/repairs").glob("*.yaml"))
BOOKING = """\
key: book
name:
  en: Book a fitting
  fr: Réserver un essayage
examples:
  en:
    - I want to book a fitting
    - 'no'
when: {fact: customer.verified, op: is, value: true}
slots:
  day:
    kind: date
    ask:
      en: |-
        Which day suits you?
        We are closed on Sundays.
      fr: Quel jour vous convient ?
    future: true
  guests:
    kind: number
    least: 1
    most: 2.5
    valid:
      all:
        - {fact: slots.guests, op: one_of, value: [1, 2]}
        - not: {fact: slots.day, op: is, value: '2026-12-25'}
start: day
nodes:
  - id: day
    kind: ask
    slot: day
    next: guests
  - id: guests
    kind: ask
    slot: guests
    next: done
  - id: done
    kind: end
    text:
      en: See you on {day} 😀
layout:
  day: [40, 12.5]
  guests: [40, 120]
"""


@settings(max_examples=150)
@given(graphs)
def test_nothing_is_lost(graph: Graph) -> None:
    written = to_yaml(graph)
    assert from_yaml(written) == graph
    assert to_yaml(from_yaml(written)) == written


@settings(max_examples=50)
@given(graphs)
def test_the_order_in_which_it_was_kept_makes_no_difference(graph: Graph) -> None:
    assert to_yaml(Graph.model_validate(shuffled(graph.model_dump(by_alias=True)))) == to_yaml(graph)


def shuffled(part: Any) -> Any:
    """With the names of each group in another order, as a database gives them back."""
    if isinstance(part, dict):
        names = random.Random(1).sample(list(part), len(part))  # noqa: S311
        return {name: shuffled(part[name]) for name in names}
    return [shuffled(one) for one in part] if isinstance(part, list | tuple) else part


@settings(max_examples=50)
@given(graphs)
def test_other_readers_of_yaml_understand_the_same(graph: Graph) -> None:
    assert Graph.model_validate(yaml.safe_load(to_yaml(graph))) == graph


def test_it_reads_as_a_person_would_write_it() -> None:
    assert to_yaml(from_yaml(BOOKING)) == BOOKING


def test_what_is_as_usual_is_left_out() -> None:
    assert to_yaml(Graph.model_validate({"key": "empty"})) == "key: empty\n"


def test_one_changed_text_is_one_changed_line() -> None:
    graph = from_yaml(BOOKING)
    before = to_yaml(graph).splitlines()
    after = to_yaml(from_yaml(BOOKING.replace("See you", "On a long line " + "x" * 300))).splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_the_flows_that_come_with_the_product_can_be_read() -> None:
    for path in REPAIRS:
        graph = from_yaml(path.read_text("utf-8"))
        assert from_yaml(to_yaml(graph)) == graph


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    step = "{id: off, kind: say, text: {en: 012, fr: 1_000}}"
    graph = from_yaml(f"key: a\nname: {{no: No, en: yes}}\nstart: on\nnodes:\n- {step}\n")
    assert graph.name == {"no": "No", "en": "yes"}
    assert (graph.start, graph.nodes[0].id) == ("on", "off")
    assert graph.nodes[0].text == {"en": "012", "fr": "1_000"}
