"""Percentiles from steps are what they are of the times themselves, five per cent up or down."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.steps import HIGHEST, percentile, seconds_of, step_of


@given(st.lists(st.floats(1, 3_600_000), min_size=1, max_size=200), st.sampled_from([0.5, 0.9, 0.95]))
def test_a_percentile_is_near_the_true_one(times: list[float], share: float) -> None:
    found = percentile(Counter(map(step_of, times)), share)
    ordered = sorted(times)
    true = ordered[max(0, -(-len(ordered) * share // 1).__int__() - 1)] / 1000
    assert found == pytest.approx(true, rel=0.051)


@given(st.floats(0, 1e12))
def test_every_time_has_a_step(time: float) -> None:
    assert 0 <= step_of(time) <= HIGHEST


def test_of_nothing_there_is_none() -> None:
    assert percentile({}, 0.5) is None


def test_two_counted_together_are_as_if_all_were_counted_at_once() -> None:
    one, other = Counter({3: 2}), Counter({9: 1})
    assert percentile(one + other, 0.5) == seconds_of(3)
