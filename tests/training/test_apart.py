"""Whether two routers differ: by the texts on which they do, exactly, and with an interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.chance import wilson
from training.apart import Pairs

COUNT = st.integers(0, 300)
PAIRS = st.builds(Pairs, both=COUNT, present=COUNT, candidate=COUNT, neither=COUNT)


@pytest.mark.parametrize(
    ("present", "candidate", "chance"),
    [(0, 0, 1.0), (4, 0, 0.125), (0, 4, 0.125), (6, 0, 0.03125), (10, 5, 0.3017578125), (5, 5, 1.0)],
)
def test_the_chance_is_mcnemars_exact_one(present: int, candidate: int, chance: float) -> None:
    assert Pairs(both=50, present=present, candidate=candidate).chance == pytest.approx(chance)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (Pairs(both=19), "too_few"),
        (Pairs(both=20), "same"),
        (Pairs(both=30, present=3), "same"),  # as likely as three heads in a row
        (Pairs(both=30, present=4), "worse"),
        (Pairs(both=30, candidate=4), "better"),
        (Pairs(both=30, present=6, candidate=4), "same"),
        (Pairs(both=30, present=4, candidate=4), "same"),
    ],
)
def test_what_is_said_of_it(pairs: Pairs, said: str) -> None:
    assert pairs.said() == said


def test_the_interval_is_newcombes() -> None:
    """His table II: of 50 pairs 36 and 2, 12 and 0 (method 10)."""
    low, high = Pairs(both=36, candidate=12, present=2, neither=0).between()
    assert (low, high) == (pytest.approx(0.0569, abs=0.002), pytest.approx(0.3404, abs=0.002))


@given(PAIRS)
def test_the_difference_lies_in_its_interval(pairs: Pairs) -> None:
    low, high = pairs.between()
    assert low - 1e-9 <= pairs.by <= high + 1e-9
    assert low >= -1 - 1e-9 and high <= 1 + 1e-9
    assert 0 <= pairs.chance <= 1


@given(PAIRS)
def test_it_is_the_same_seen_from_the_other_side(pairs: Pairs) -> None:
    other = Pairs(pairs.both, pairs.candidate, pairs.present, pairs.neither)
    opposite = {"better": "worse", "worse": "better", "same": "same", "too_few": "too_few"}
    assert other.said() == opposite[pairs.said()]
    assert other.chance == pytest.approx(pairs.chance)
    assert other.between() == tuple(pytest.approx(-bound, abs=1e-9) for bound in reversed(pairs.between()))


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_share_lies_in_its_own(right: int, more: int) -> None:
    low, high = wilson(right, right + more)
    assert 0 <= low <= right / (right + more) <= high <= 1
