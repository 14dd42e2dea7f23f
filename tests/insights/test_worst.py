"""Which topic stands first: the one where most more went badly than usual."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.worst import score

NAMES = ("rated", "rated_down", "unanswered", "handed_over_later", "left_open")


def topic(count: int, **signs: int) -> dict[str, int]:
    return {"all": count} | dict.fromkeys(NAMES, 0) | signs


def together(*topics: Mapping[str, int]) -> dict[str, int]:
    return {name: sum(one[name] for one in topics) for name in ("all", *NAMES)}


def test_a_small_topic_that_is_always_wrong_stands_above_a_large_one_that_is_as_usual() -> None:
    small, large = topic(20, rated=6, rated_down=6), topic(200, rated=60, rated_down=12)
    of_all = together(small, large)
    assert score(small, of_all) > 5 > score(large, of_all)


def test_one_bad_rating_weighs_less_than_many() -> None:
    once, often = topic(10, rated=1, rated_down=1), topic(10, rated=4, rated_down=4)
    of_all = together(once, often, topic(100, rated=30, rated_down=5))
    assert 4 * score(once, of_all) < score(often, of_all)


@pytest.mark.parametrize("sign", ["unanswered", "handed_over_later", "left_open"])
def test_each_sign_makes_a_topic_worse(sign: str) -> None:
    with_it, without = topic(10, **{sign: 8}), topic(10)
    of_all = together(with_it, without)
    assert score(with_it, of_all) > 0 > score(without, of_all)


@given(st.integers(1, 500), st.lists(st.integers(0, 500), min_size=5, max_size=5))
def test_a_topic_that_is_all_there_is_is_as_usual(count: int, signs: list[int]) -> None:
    alone = topic(count, **dict(zip(NAMES, signs, strict=True)))
    alone["rated_down"] = min(alone["rated_down"], alone["rated"])
    assert score(alone, alone) == pytest.approx(0, abs=1e-6)
