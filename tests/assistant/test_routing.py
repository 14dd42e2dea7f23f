"""What the router makes of likelihoods: a flow begins, a few are offered, or none is meant."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.routing.asking import NOWHERE, Routed, decided
from assistant.routing.fitting import Figures, Fitted, Near
from assistant.routing.samples import KNOWLEDGE
from assistant.routing.signs import without_values

BAR = 0.5
FLOWS = frozenset({"book", "cancel", "change", "complain"})


def routed(among: frozenset[str] = FLOWS, *, near: dict[str, float] | None = None, **likely: float) -> Routed:
    """The decision where the labels are this likely (the rest is the knowledge's), and this `near`."""
    labels = {**dict.fromkeys(sorted(FLOWS), 1e-9), **likely}
    labels[KNOWLEDGE] = max(1e-9, 1 - sum(labels.values()))
    nearest = {**dict.fromkeys(sorted(FLOWS), 0.8), KNOWLEDGE: 0.2, **(near or {})}
    examples = np.array([[nearest[label], (1 - nearest[label] ** 2) ** 0.5] for label in labels])
    fitted = Fitted(
        tuple(labels), np.zeros((len(labels), 5)), np.log(list(labels.values())), np.zeros(2), BAR,
        Figures(1, 1, 1, 1, 1), Near(tuple(labels), examples, np.arange(len(labels))),
    )  # fmt: skip
    return decided(fitted, np.array([1.0, 0.0]), (0.0, 0.0, 0.0), among)


def test_a_flow_begins_from_the_bar_on() -> None:
    assert routed(book=0.6, cancel=0.2) == Routed("book", True, ("book", "cancel"), pytest.approx(0.6), BAR)


def test_a_few_are_offered_where_none_is_sure() -> None:
    found = routed(book=0.4, cancel=0.25, change=0.15)
    assert not found.sure
    assert found.close == ("book", "cancel", "change")


def test_at_most_three_are_offered() -> None:
    assert len(routed(book=0.3, cancel=0.25, change=0.2, complain=0.2).close) == 3


def test_what_is_far_less_likely_than_the_first_is_not_offered() -> None:
    assert routed(book=0.48, cancel=0.09).close == ("book",)


@pytest.mark.parametrize("likely", [{"book": 0.24, "cancel": 0.2}, {"book": 0.45, "cancel": 0.05}])
def test_what_the_knowledge_answers_begins_and_offers_none(likely: dict[str, float]) -> None:
    assert routed(**likely).close == ()


def test_only_flows_that_may_begin_count() -> None:
    assert routed(frozenset(), book=0.9) == NOWHERE


@pytest.mark.parametrize(
    ("likely", "near", "begins"),
    [
        (0.6, {"book": 0.5}, True),
        (0.6, {"book": 0.35}, False),  # near none of its examples
        (0.6, {"book": 0.5, KNOWLEDGE: 0.6}, True),
        (0.6, {"book": 0.5, KNOWLEDGE: 0.7}, False),  # nearer to what is asked of the knowledge
        (0.95, {"book": 0.35, KNOWLEDGE: 0.7}, True),  # said in other words, and hardly to be mistaken
        (0.95, {"book": 0.15}, False),
    ],
)
def test_it_begins_by_words_that_are_near_its_examples(
    likely: float, near: dict[str, float], begins: bool
) -> None:
    found = routed(near=near, book=likely)
    assert found.sure is begins
    assert found.close == (("book",) if near["book"] >= 0.2 else ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Send back LP-2041170, it is too large", "Send back it is too large"),
        ("cancel KRHL-48273, it's under lea@example.org", "cancel it's under"),
        ("see https://shop.example/x?y and call +33 6 12 34 56 78", "see and call"),
        ("on 12/12 at 3pm", "on at"),
        ("LP-2041170", "LP-2041170"),
        ("12 + 3 = ?", "12 + 3 = ?"),
        ("", ""),
    ],
)
def test_numbers_and_addresses_say_nothing_of_the_flow(text: str, words: str) -> None:
    assert without_values(text) == words
