"""Above the list of flows: how many examples are understood, and which flows need better ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from flows import understanding
from flows.graph import Graph
from flows.learning import advice
from flows.models import Flow
from flows.publishing import publish
from flows.understanding import Learned, OfFlow

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)
FLOWS = {
    key: Graph(key=key, name={"en": name}, examples={"en": ("a", "b", "c", "d", "e")})
    for key, name in (("swap", "Exchange an item"), ("refund", "Return an item"))
}


def learned(**flows: OfFlow) -> Learned:
    return Learned(0.914, 0.98, 340, NOW, flows)


def told(**flows: OfFlow) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in advice(learned(**flows), FLOWS)]


def test_two_flows_that_are_confused_are_named_with_what_to_do() -> None:
    (one,) = told(swap=OfFlow(12, 8, 1, {"refund": 3}), refund=OfFlow(10, 10, 0))
    assert one == (
        "Exchange an item",
        "3 of its 12 examples are taken for “Return an item”. "
        "Give both flows more examples that tell them apart.",
    )


def test_the_worst_comes_first_and_what_is_fine_is_not_named() -> None:
    found = told(swap=OfFlow(10, 7, 3), refund=OfFlow(10, 2, 8))
    assert [name for name, _ in found] == ["Return an item", "Exchange an item"]
    assert "8 of its 10 examples begin nothing." in found[0][1]
    assert told(swap=OfFlow(10, 9, 1), refund=OfFlow(10, 9, 0, {"swap": 1})) == []


def test_a_flow_with_hardly_any_examples_is_named() -> None:
    few = {"swap": FLOWS["swap"].model_copy(update={"examples": {"en": ("a",)}})}
    (one,) = advice(learned(), few)
    assert one.text == "It has 1 example. Give it about ten."


@pytest.fixture
def knows() -> Iterator[Any]:
    """Says what was learned, in the place of the assistant."""
    before = understanding.understanding()

    def say(found: Learned | None) -> None:
        understanding.register(lambda: replace(before, learned=lambda: found))

    yield say
    understanding.register(lambda: before)


@pytest.mark.django_db
def test_the_list_says_it_in_figures(browser: Client, returns: Flow, knows: Any) -> None:
    publish(returns.pk, author=None)
    knows(learned(returns=OfFlow(12, 8, 4), refund=OfFlow(10, 10, 0)))
    page = browser.get("/staff/flows/").content.decode()
    assert "91&nbsp;%" in page and "98&nbsp;%" in page
    assert "of 22 examples begin their flow" in page
    assert "4 of its 12 examples begin nothing" in page
    assert '<a href="/staff/flows/returns/">Return an item</a>' in page


@pytest.mark.django_db
def test_before_anything_is_learned_it_says_when(browser: Client, returns: Flow, knows: Any) -> None:
    knows(None)
    assert "Nothing has been learned yet" in browser.get("/staff/flows/").content.decode()
    assert "Nothing has been learned yet" not in browser.get("/staff/flows/?q=return").content.decode()
