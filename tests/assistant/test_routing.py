"""What the router makes of likelihoods: a flow begins, a few are offered, or none is meant."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.routing.asking import NOWHERE, Routed, decided
from assistant.routing.fitting import Figures, Fitted
from assistant.routing.samples import KNOWLEDGE

BAR = 0.5
FLOWS = frozenset({"book", "cancel", "change", "complain"})


def routed(among: frozenset[str] = FLOWS, **likely: float) -> Routed:
    """The decision where the labels are this likely; the rest is the knowledge's."""
    labels = {**dict.fromkeys(sorted(FLOWS), 1e-9), **likely}
    labels[KNOWLEDGE] = max(1e-9, 1 - sum(labels.values()))
    fitted = Fitted(
        tuple(labels), np.zeros((len(labels), 5)), np.log(list(labels.values())), np.zeros(2), BAR,
        Figures(1, 1, 1, 1, 1),
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
