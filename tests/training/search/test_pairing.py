"""Whether a difference can be told where both kinds of question count alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.apart import Pairs
from training.search.pairing import Both

COUNTS = st.builds(Pairs, *(st.integers(0, 9) for _ in range(4)))


@given(COUNTS)
def test_of_one_kind_it_is_mcnemars_test(pairs: Pairs) -> None:
    assert Both(pairs).chance == pytest.approx(pairs.chance)
    assert Both(pairs).said() == pairs.said()
    assert Both(pairs).between() == pytest.approx(pairs.between())


@given(COUNTS, COUNTS)
def test_the_other_way_round_it_says_the_opposite(one: Pairs, other: Pairs) -> None:
    both = Both(one, other)
    turned = Both(*(Pairs(own.both, own.candidate, own.present, own.neither) for own in (one, other)))
    assert turned.by == pytest.approx(-both.by) and turned.chance == pytest.approx(both.chance)
    opposite = {"better": "worse", "worse": "better"}
    assert turned.said() == opposite.get(both.said(), both.said())
    low, high = both.between()
    assert low <= both.by <= high


def test_few_that_must_be_declined_count_as_much_as_many_with_an_answer() -> None:
    """Seven refusals more that are right, of ten, for ten answers of a hundred."""
    both = Both(Pairs(80, 10, 0, 10), Pairs(3, 0, 7, 0))
    assert both.together.said() == "same"  # as McNemar's test counts them
    assert both.by == pytest.approx((0.7 - 0.1) / 2) and both.said() == "better"


def test_a_loss_of_the_many_is_not_made_good_by_one_of_the_few() -> None:
    assert Both(Pairs(20, 20, 0, 0), Pairs(9, 0, 1, 0)).said() == "worse"


def test_its_chance_is_what_tossing_coins_makes_of_it() -> None:
    both = Both(Pairs(10, 4, 9, 7), Pairs(3, 1, 3, 2))
    random = np.random.default_rng(0)
    one = 2 * random.binomial(13, 0.5, 200_000) - 13
    other = 2 * random.binomial(4, 0.5, 200_000) - 4
    tossed = (one / 30 + other / 9) / 2
    assert both.one_sided == pytest.approx(float((tossed >= both.by - 1e-12).mean()), abs=0.005)


def test_of_nothing_nothing_is_said() -> None:
    assert Both().said() == "too_few" and Both().between() == (-1.0, 1.0) and Both().chance == 1.0


def test_it_is_kept_as_it_is() -> None:
    both = Both(Pairs(1, 2, 3, 4), Pairs(5, 6, 7, 8))
    assert Both.from_json(both.as_json()) == both
