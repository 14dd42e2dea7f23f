"""What is drawn of losses, and what a fine-tuning is reckoned to cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from training import drawing
from training.fine_tuning import losses
from training.fine_tuning.estimating import estimate, usual_epochs

SEEN: list[losses.Seen] = [(1, 2.4, None), (2, 1.8, None), (3, 1.2, 1.5), (4, 0.9, None), (5, 0.7, 1.1)]


def test_a_line_falls_where_its_losses_do() -> None:
    drawn = losses.drawn(SEEN)
    assert drawn is not None
    heights = [point.y for point in drawn.train.points]
    assert heights == sorted(heights), "lower on the page is a smaller loss"
    assert [point.x for point in drawn.train.points] == [drawing.across(step / 5) for step in range(1, 6)]
    assert len(drawn.valid.points) == 2 and drawn.valid.points[0].x == drawn.train.points[2].x


@pytest.mark.parametrize("seen", [[], [(1, 2.0, None)], [(1, None, None), (2, None, None)]])
def test_what_is_no_line_is_not_drawn(seen: list[losses.Seen]) -> None:
    assert losses.drawn(seen) is None


@pytest.mark.parametrize("highest", [0.0, 1e-9, 0.004, 0.7, 2.4, 19.0, 3e5])
def test_every_loss_is_within_the_drawing(highest: float) -> None:
    drawn = losses.drawn([(1, highest, highest / 2), (2, highest / 3, None)])
    assert drawn is not None
    for point in [*drawn.train.points, *drawn.valid.points]:
        assert drawn.train.top - 0.1 <= point.y <= drawn.train.bottom + 0.1
    assert 2 <= len(drawn.train.steps) <= 6


def test_many_steps_are_drawn_as_few_points_with_both_ends() -> None:
    many = [(step, 1 / step, None) for step in range(1, 5001)]
    drawn = losses.drawn(many)
    assert drawn is not None and len(drawn.train.points) == losses.MOST_POINTS
    assert drawn.rows[0][0] == 1 and drawn.rows[-1][0] == 5000 and len(drawn.rows) == losses.MOST_ROWS


@pytest.mark.parametrize(
    ("lines", "epochs"), [(10, 10), (12, 9), (33, 4), (34, 3), (8000, 3), (12_500, 2), (90_000, 1), (2, 25)]
)
def test_the_usual_number_of_epochs(lines: int, epochs: int) -> None:
    assert usual_epochs(lines) == epochs


@pytest.mark.parametrize(
    ("chosen", "prices", "trained", "cost"),
    [
        ({"n_epochs": 2}, {"gpt-*": 3.0}, 2_000_000, Decimal("6.0")),
        ({"n_epochs": "auto"}, {"gpt-*": 3.0}, 3_000_000, Decimal("9.0")),
        ({}, {"gpt-4.1": 0}, 3_000_000, None),
        ({}, {"*": 0}, 3_000_000, Decimal(0)),
        ({}, {}, 3_000_000, None),
    ],
)
def test_tokens_times_epochs_times_price(
    chosen: dict[str, Any], prices: dict[str, float], trained: int, cost: Decimal | None
) -> None:
    found = estimate(lines=500, tokens=1_000_000, hyperparameters=chosen, model="gpt-x", prices=prices)
    assert (found.trained, found.cost) == (trained, cost)
