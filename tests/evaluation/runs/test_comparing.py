"""Which of two sides is better, and whether that is certain."""

from __future__ import annotations

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from chatbot.chance import mcnemar
from evaluation.runs.comparing import Compared, compare, in_words, interval
from evaluation.runs.report import Reported, lines
from evaluation.runs.summing import Figures

OUTCOMES = st.dictionaries(st.integers(0, 40), st.lists(st.booleans(), min_size=1, max_size=3), max_size=40)


def sides(both: int, only_first: int, only_second: int, neither: int) -> Compared | None:
    pairs = [(True, True)] * both + [(True, False)] * only_first
    pairs += [(False, True)] * only_second + [(False, False)] * neither
    first = {place: [one] for place, (one, _two) in enumerate(pairs)}
    second = {place: [two] for place, (_one, two) in enumerate(pairs)}
    return compare(first, second)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ((50, 0, 12, 10), "better"),
        ((50, 12, 0, 10), "worse"),
        ((50, 8, 10, 10), "unsure"),
        ((50, 0, 5, 10), "few"),  # all five for the second, and still nothing can be said
        ((50, 0, 0, 10), "same"),
        ((1, 0, 8, 0), "better"),  # the test is exact, however few there are
    ],
)
def test_better_is_said_only_where_it_is_certain(pairs, said):
    found = sides(*pairs)
    assert found is not None and found.said == said
    counted = (found.both, found.only_first, found.only_second, found.neither)
    assert counted == pairs and found.pairs == sum(pairs)


def test_nothing_is_said_of_what_was_run_on_one_side_only():
    assert compare({1: [True]}, {2: [True]}) is None
    assert compare({1: [True], 2: []}, {1: [False], 2: [True]}).pairs == 1


def test_mcnemar_is_the_binomial_test_of_the_uneven_pairs():
    assert mcnemar(0, 6) == pytest.approx(2 / 2**6)
    assert mcnemar(3, 3) == mcnemar(0, 0) == 1.0


def test_the_interval_is_that_of_the_normal_approximation_where_there_are_many():
    differences = np.array([1.0] * 60 + [0.0] * 300 + [-1.0] * 40)
    mean, spread = differences.mean(), differences.std() / np.sqrt(len(differences))
    low, high = interval(differences)
    assert low == pytest.approx(mean - 1.96 * spread, abs=0.006)
    assert high == pytest.approx(mean + 1.96 * spread, abs=0.006)


@given(OUTCOMES, OUTCOMES)
def test_what_is_said_of_one_side_is_the_contrary_of_the_other(first, second):
    one, other = compare(first, second), compare(second, first)
    if one is None or other is None:
        assert one is other is None
        return
    contrary = {"better": "worse", "worse": "better"}
    assert other.said == contrary.get(one.said, one.said)
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)
    assert one.gap == pytest.approx(-other.gap) and one.low - 1e-9 <= one.gap <= one.high + 1e-9


def test_it_is_said_in_words():
    with override("en"):
        assert "“drafts” is better: by 8 to 26 points of 100" in in_words(
            sides(50, 0, 12, 10), "present", "drafts"
        )
        assert "only 5 of 65" in in_words(sides(50, 0, 5, 10), "present", "drafts")
        told = in_words(sides(1, 0, 8, 0), "present", "drafts")
        assert "“drafts” is better: of 9 scenarios 8 came out differently" in told and "by how much" in told
        assert "too few to say by how much" in in_words(sides(0, 8, 0, 0), "present", "drafts")


def test_an_interval_that_says_nothing_is_not_printed():
    for pairs, told in (
        ((9, 0, 0, 0), "+0.0 points (too few pairs to say"),
        ((1, 0, 8, 0), "+88.9 points (too few pairs to say"),
        ((30, 0, 0, 0), "+0.0 points (all pairs came out alike)"),
        ((50, 0, 12, 10), "+16.7 points (+8.3 to +2"),
    ):
        both = [Reported(name, Figures(), []) for name in ("present", "drafts")]
        assert told in "\n".join(lines(both, sides(*pairs))), pairs
