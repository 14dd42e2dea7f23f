"""What the router makes of likelihoods: a flow begins, a few are offered, or none is meant."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.routing.asking import NOWHERE, Routed, decided
from assistant.routing.fitting import Fitted, Near
from assistant.routing.measuring import Figures
from assistant.routing.samples import KNOWLEDGE
from assistant.routing.signs import without_values
from assistant.routing.telling import forms, nearest_stranger, said
from flows.understanding import OfFlow

BAR = 0.5
FLOWS = frozenset({"book", "cancel", "change", "complain"})


def routed(
    among: frozenset[str] = FLOWS, *, near: dict[str, float] | None = None,
    each: dict[str, OfFlow] | None = None, **likely: float,
) -> Routed:  # fmt: skip
    """The decision where the labels are this likely (the rest is the knowledge's), and this `near`; by
    cross-validation, `each` flow was recognised like this."""
    labels = {**dict.fromkeys(sorted(FLOWS), 1e-9), **likely}
    labels[KNOWLEDGE] = max(1e-9, 1 - sum(labels.values()))
    nearest = {**dict.fromkeys(sorted(FLOWS), 0.8), KNOWLEDGE: 0.2, **(near or {})}
    examples = np.array([[nearest[label], (1 - nearest[label] ** 2) ** 0.5] for label in labels])
    fitted = Fitted(
        tuple(labels), np.zeros((len(labels), 5)), np.log(list(labels.values())), np.zeros(2), BAR,
        Figures(1, 1, 1, 1, 1, each or {}),
        Near(tuple(labels), examples, np.arange(len(labels)), (frozenset(),) * len(labels)),
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


def test_a_flow_that_is_mistaken_for_another_is_asked_about_where_both_are_as_near() -> None:
    mixed = {"book": OfFlow(10, 8, 0, {"change": 1}), "change": OfFlow(10, 8, 0, {"book": 1})}
    likely = {"book": 0.8, "change": 0.06}
    assert routed(**likely).sure
    assert routed(each=mixed, **likely).close == ("book", "change") and not routed(each=mixed, **likely).sure
    assert routed(each=mixed, near={"book": 0.9, "change": 0.5}, **likely).sure


def test_a_flow_that_is_recognised_badly_begins_by_what_is_very_near_its_examples() -> None:
    badly, far = {"book": OfFlow(8, 4, 4)}, {"book": 0.5}
    likely = {"book": 0.7, "change": 0.2}
    assert routed(near=far, **likely).sure
    assert routed(each=badly, near=far, **likely).close == ("book", "change")
    assert not routed(each=badly, near=far, **likely).sure
    assert routed(each=badly, near={"book": 0.7}, **likely).sure
    assert routed(each={"book": OfFlow(4, 2, 2)}, near=far, **likely).sure  # of so few it says little


def test_where_the_knowledge_is_much_nearer_nobody_is_asked_which_flow_is_meant() -> None:
    found = routed(near={"book": 0.5, KNOWLEDGE: 0.7}, book=0.6, change=0.3)
    assert (found.sure, found.close) == (False, ("book",))


CANCEL = ["cancel my appointment", "I want to cancel it", "call off the visit", "please cancel the visit",
          "annuler mon rendez-vous", "annulez la visite"]  # fmt: skip
ORDERS = ["where is my order", "can an order be changed", "what does an order cost", "when do orders arrive",
          "o\u00f9 est ma commande", "suivre ma commande", "combien co\u00fbte une commande"]  # fmt: skip
THERE = [*((text, "cancel") for text in CANCEL), *((text, KNOWLEDGE) for text in ORDERS)]


def stranger(text: str, known: list[tuple[str, str]] = THERE) -> str:
    labels = ("cancel", KNOWLEDGE)
    owners = np.array([labels.index(label) for _, label in known])
    near = Near(labels, np.zeros((len(known), 2)), owners, tuple(forms(one) for one, _ in known))
    return nearest_stranger(said(text), "cancel", near, np.full(len(known), 0.5))[1]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("I want to cancel my order", KNOWLEDGE),
        ("cancel my orders please", KNOWLEDGE),  # by its stem
        ("je veux annuler ma commande", KNOWLEDGE),
        ("cancel the appointment", ""),
        ("cancel my subscription", ""),  # a word that nothing has says nothing
        ("what cost", ""),  # nothing in common with it: said in other words
    ],
)
def test_a_word_that_only_others_have_tells_that_something_else_is_meant(text: str, of: str) -> None:
    assert stranger(text) == of


def test_what_few_texts_say_tells_nothing() -> None:
    assert stranger("cancel my order", THERE[3:]) == ""  # three examples
    assert stranger("cancel my order", THERE[: len(CANCEL) + 2]) == ""  # two orders
