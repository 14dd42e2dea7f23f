"""When ratings are looked at, and when they say enough."""

from __future__ import annotations

import pytest

from evaluation.releases.deciding import Rated, is_due, look


def test_it_is_looked_at_when_the_ratings_have_doubled():
    looked, times = 0, []
    for ratings in range(1, 700):
        if is_due(ratings, looked):
            looked = ratings
            times.append(ratings)
    assert times == [20, 40, 80, 160, 320, 640]


def test_ratings_that_came_in_many_at_once_are_looked_at_once():
    assert is_due(200, 20) and not is_due(399, 200) and is_due(400, 200)


@pytest.mark.parametrize(("own", "other"), [((5, 19), (90, 100)), ((5, 40), (18, 19)), ((0, 0), (0, 0))])
def test_few_ratings_of_either_say_nothing(own, other):
    assert look(Rated(*own), Rated(*other)) is None


def test_much_worse_is_worse_and_a_little_worse_is_not_yet():
    assert look(Rated(8, 20), Rated(90, 100)).worse
    assert not look(Rated(15, 20), Rated(90, 100)).worse
    assert not look(Rated(95, 100), Rated(80, 100)).worse


def test_what_it_says_lies_around_the_difference():
    found = look(Rated(50, 100), Rated(70, 100))
    assert found.low < -0.2 < found.high and found.as_json()["release"] == {"good": 50, "of": 100}
