"""What becomes of a router that was just learned."""

from __future__ import annotations

import pytest

from training.apart import Pairs
from training.deciding import Decision, Present, Why, decide

FLOWS = frozenset({"book", "cancel"})
PRESENT = Present(7, FLOWS)
WORSE, SAME, BETTER = (Pairs(both=30, present=4), Pairs(both=30), Pairs(both=30, candidate=4))


def decided(
    pairs: Pairs = SAME, *, flows: frozenset[str] = FLOWS, present: Present | None = PRESENT,
    pinned: bool = False, by_itself: bool = True,
) -> Decision:  # fmt: skip
    return decide(flows, present, pairs, pinned=pinned, by_itself=by_itself)


@pytest.mark.parametrize(
    ("pairs", "use", "why"),
    [(SAME, True, Why.NOT_WORSE), (BETTER, True, Why.BETTER), (WORSE, False, Why.WORSE),
     (Pairs(both=3, present=3), True, Why.TOO_FEW)],
)  # fmt: skip
def test_where_only_examples_changed_it_must_not_be_worse(pairs: Pairs, use: bool, why: Why) -> None:
    assert decided(pairs) == Decision(use, why, {"number": 7})


def test_a_flow_that_came_or_went_counts_at_once() -> None:
    more = decided(WORSE, flows=FLOWS | {"returns"}, by_itself=False)
    assert more == Decision(True, Why.FLOWS, {"new": ["returns"], "gone": []})
    assert decided(WORSE, flows=frozenset({"book"})).facts == {"new": [], "gone": ["cancel"]}


@pytest.mark.parametrize("pairs", [SAME, BETTER])
def test_it_waits_where_staff_want_to_say_so(pairs: Pairs) -> None:
    assert decided(pairs, by_itself=False) == Decision(False, Why.ASKED, {"number": 7})


def test_what_is_pinned_stays_whatever_comes() -> None:
    found = decided(BETTER, flows=FLOWS | {"returns"}, pinned=True)
    assert (found.use, found.why, found.facts["new"]) == (False, Why.PINNED, ["returns"])


@pytest.mark.parametrize("pinned", [True, False])
def test_what_no_model_can_read_any_more_holds_nothing_up(pinned: bool) -> None:
    assert decided(WORSE, present=Present(7, FLOWS, usable=False), pinned=pinned).why == Why.MODEL
    assert decided(WORSE, present=None).why == Why.FIRST
