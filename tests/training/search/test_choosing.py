"""What is chosen for made-up questions: without a search."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.weighing import USUAL, Weighing
from training.apart import Pairs, Said
from training.search import choosing
from training.search.choosing import Grid, Outcomes
from training.search.deciding import Why, decide
from training.search.drawing import drawn_grid
from training.search.examining import LEAST_UNANSWERABLE, Questions, examine

GRID = Grid.around(USUAL)


def outcomes(found_from: float, above: float, nowhere: float, *, many: int = 100, none: int = 50) -> Outcomes:
    """Questions of which the right article is cited where words count at least `found_from`, which is so far
    above the bar; and others, of which nothing answers any, so far above it too."""
    shares = np.array(GRID.shares)
    cited = np.vstack([np.tile(shares >= found_from, (many, 1)), np.zeros((none, len(shares)), dtype=bool)])
    clearance = np.vstack([np.full((many, len(shares)), above), np.full((none, len(shares)), nowhere)])
    return Outcomes(np.arange(many + none) < many, cited, clearance)


def chosen(found: Outcomes, grid: Grid = GRID) -> Weighing:
    return grid.weighing(choosing.choose(found.right(grid), found.answerable, grid))


def questions(found: Outcomes, seed: int = 0) -> Questions:
    """Each of an article of its own, and none like another."""
    n = len(found)
    vectors = np.random.default_rng(seed).normal(size=(n, 64))
    articles = [frozenset({at} if known else ()) for at, known in enumerate(found.answerable)]
    places = found.cited.astype(int)
    return Questions([f"question {at}" for at in range(n)], articles, vectors, places, found)


def test_what_is_in_use_stays_where_nothing_is_better() -> None:
    assert chosen(outcomes(0.0, 0.5, -0.5)) == USUAL


def test_the_share_that_finds_the_articles_is_taken() -> None:
    found = chosen(outcomes(0.16, 0.5, -0.5))
    assert found.words_share >= 0.16 and found.lift == 0.0


@pytest.mark.parametrize(("above", "nowhere"), [(-0.1, -0.28), (0.28, 0.1)])
def test_the_bar_is_put_between_those_that_are_answered_and_those_that_are_not(
    above: float, nowhere: float
) -> None:
    assert nowhere < chosen(outcomes(0.0, above, nowhere)).lift <= above


def test_few_that_must_be_declined_count_as_much_as_many_with_an_answer() -> None:
    """Nine of ten answers are lost by the bar that declines all others: it is not taken."""
    half = outcomes(0.0, 0.12, 0.12, many=900, none=100)
    right = half.right(GRID)
    worth = choosing.worth(right, half.answerable)
    assert worth[GRID.present] == pytest.approx(0.5)
    assert worth.min() == worth.max() == pytest.approx(0.5)


def test_a_plain_is_preferred_to_a_peak() -> None:
    right = np.zeros((200, len(GRID.shares), len(GRID.lifts)), dtype=bool)
    right[:100, 8:11, 8:11] = True  # a plain
    right[:110, 1, 1] = True  # a peak, a little higher
    place = choosing.choose(right, np.ones(200, dtype=bool), GRID)
    assert place[0] >= 7 and place[1] >= 7


def test_of_what_chance_may_have_made_better_the_nearest_is_taken() -> None:
    random = np.random.default_rng(3)
    noise = random.random((60, len(GRID.shares), len(GRID.lifts))) < 0.5
    place = choosing.choose(noise, np.ones(60, dtype=bool), GRID)
    assert GRID.steps()[place] <= 2


def test_without_questions_nothing_is_changed() -> None:
    none = outcomes(0.0, 0.0, 0.0, many=0, none=0)
    assert chosen(none) == USUAL


def test_what_is_in_use_is_among_what_is_tried() -> None:
    grid = Grid.around(Weighing(0.137, -0.42))
    assert grid.weighing(grid.present) == Weighing(0.137, -0.42)
    assert Grid.around(Weighing(lift=0.2), with_lift=False).lifts == (0.2,)


def test_cross_validation_asks_what_was_not_learned() -> None:
    found = outcomes(0.16, 0.5, -0.5)
    folds = np.arange(len(found)) % 5
    places = choosing.by_folds(found.right(GRID), found.answerable, folds, GRID)
    assert choosing.at(found.right(GRID), places).all()
    assert (places[:, 0] >= GRID.shares.index(0.16)).all()


def test_more_questions_never_learn_from_what_is_asked() -> None:
    found = outcomes(0.16, 0.5, -0.5)
    curve = choosing.curve(found.right(GRID), found.answerable, np.arange(len(found)) % 5, GRID)
    assert [len(row) for row in curve] == [5] * 5
    assert curve[-1] == [1.0] * 5


def test_what_becomes_of_each_question_has_a_name() -> None:
    found = Outcomes(
        np.array([True, True, True, False, False]),
        np.array([[True], [False], [True], [False], [False]]),
        np.array([[0.1], [0.1], [-0.1], [-0.1], [0.1]]),
    )
    grid = Grid((0.08,), (0.0,), (0, 0))
    cells = choosing.cells(found, grid, np.zeros((5, 2), dtype=int))
    assert list(cells) == ["right", "other", "refused", "declined", "claimed"]
    assert found.right(grid)[:, 0, 0].tolist() == [True, False, False, True, False]


def test_what_is_better_is_told_on_what_was_held_out() -> None:
    found = examine(questions(outcomes(0.16, 0.5, -0.5)), USUAL)
    assert found.pairs.said() == "better" and found.weighing.words_share >= 0.16
    assert found.pairs.answerable == Pairs(candidate=20) and found.pairs.unanswerable == Pairs(both=10)
    held_out = [end for end in found.report["questions"] if end[0]]
    assert len(held_out) == found.pairs.together.all == 30
    assert {tuple(end[1:]) for end in held_out} == {("other", "right"), ("declined", "declined")}
    assert found.report["hits"] == {"asked": [20], "present": [0, 0], "chosen": [20, 20]}
    assert found.report["cross"] == {"present": 0.5, "chosen": 1.0}


def test_the_same_is_no_better() -> None:
    found = examine(questions(outcomes(0.0, 0.5, -0.5)), USUAL)
    assert found.pairs.said() == "same" and found.weighing == USUAL


def test_without_enough_that_must_be_declined_the_bar_stays_and_words_are_learned() -> None:
    found = examine(questions(outcomes(0.16, -0.2, -0.3, none=LEAST_UNANSWERABLE - 1)), USUAL)
    assert not found.report["with_lift"] and found.weighing.lift == 0.0
    assert found.pairs.said() == "better" and found.weighing.words_share >= 0.16
    assert not found.pairs.unanswerable.all
    assert {end[2] for end in found.report["questions"]} == {"refused", "declined"}  # the bar is as it was
    assert len(found.report["grid"]["lifts"]) == 1


@pytest.mark.parametrize(
    ("said", "by_itself", "why"),
    [
        ("better", False, Why.ASKED),
        ("better", True, Why.BETTER),
        ("same", True, Why.NOT_BETTER),
        ("worse", True, Why.NOT_BETTER),
        ("too_few", True, Why.FEW_PAIRS),
    ],
)
def test_only_what_is_better_is_used_or_waits(said: Said, by_itself: bool, why: Why) -> None:
    decision = decide(Weighing(0.2), USUAL, said, by_itself=by_itself)
    assert decision.why == why
    assert (decision.use, decision.waits) == (why == Why.BETTER, why == Why.ASKED)


def test_nothing_is_decided_where_the_same_was_learned() -> None:
    assert decide(USUAL, USUAL, "better", by_itself=True).why == Why.SAME


def test_what_was_tried_is_drawn_with_both_marked() -> None:
    drawn = drawn_grid((0.0, 0.1), (-0.1, 0.0), ((0.5, 0.65), (0.75, 0.9)), (0, 1), (1, 1))
    assert [cell.level for cell in drawn.cells] == [1, 2, 3, 4]
    assert [cell.mark for cell in drawn.cells] == ["", "present", "", "chosen"]
    same = drawn_grid((0.0,), (0.0,), ((0.5,),), (0, 0), (0, 0))
    assert [(cell.level, cell.mark) for cell in same.cells] == [(4, "both")]
