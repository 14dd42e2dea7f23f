"""Nothing that is asked was learned, in these words or in others; and the same is held out each time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.search.parting import FOLDS, folds_of, groups_of, held_out

SIZES = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=120)


def vectors(number: int) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(number, 32))


def made(many: list[tuple[int, bool]]) -> tuple[list[str], list[set[int]], np.ndarray]:
    texts = [f"question {at}" for at in range(len(many))]
    articles = [{article} if known else set[int]() for article, known in many]
    return texts, articles, np.array([known for _article, known in many])


def test_questions_of_one_article_belong_together() -> None:
    groups = groups_of(["a", "b", "c", "d", "e"], [{7}, {8}, {7, 9}, {9}, set()], vectors(5))
    assert groups[0] == groups[2] == groups[3] and len(set(groups)) == 3


def test_the_same_words_belong_together_and_nearly_the_same_ones_too() -> None:
    near = vectors(4)
    near[3] = near[1] + 0.01
    groups = groups_of(["How  much?", "b", "how MUCH?", "d"], [{1}, {2}, {3}, set()], near)
    assert groups[0] == groups[2] and groups[1] == groups[3] and groups[0] != groups[1]


def test_of_nothing_nothing_is_held_out() -> None:
    assert groups_of([], [], np.zeros((0, 3))) == []
    assert not held_out([], [], np.array([], dtype=bool)).any()


@given(SIZES)
def test_groups_are_held_out_and_folded_as_a_whole(many: list[tuple[int, bool]]) -> None:
    texts, articles, answerable = made(many)
    groups = groups_of(texts, articles, vectors(len(texts)))
    out, folds = held_out(texts, groups, answerable), folds_of(texts, groups, answerable)
    for group in set(groups):
        own = [at for at, one in enumerate(groups) if one == group]
        assert len(set(out[own])) == len(set(folds[own])) == 1
    assert set(folds) <= set(range(FOLDS))


def test_about_a_fifth_of_each_kind_is_held_out() -> None:
    texts, articles, answerable = made([(at, at % 3 > 0) for at in range(300)])
    out = held_out(texts, groups_of(texts, articles, vectors(300)), answerable)
    assert out[answerable].sum() == 40 and out[~answerable].sum() == 20


def test_of_few_questions_more_is_held_out_but_no_more_than_half() -> None:
    for number, expected in ((60, 20), (20, 10)):
        texts, articles, answerable = made([(at, at % 4 > 0) for at in range(number)])
        out = held_out(texts, groups_of(texts, articles, vectors(number)), answerable)
        assert expected <= out.sum() <= expected + 1


def test_one_more_question_hardly_moves_what_is_held_out() -> None:
    texts, articles, answerable = made([(at, at % 3 > 0) for at in range(301)])
    every = vectors(301)
    all_of_them = held_out(texts, groups_of(texts, articles, every), answerable)
    without = held_out(texts[:-1], groups_of(texts[:-1], articles[:-1], every[:-1]), answerable[:-1])
    assert (all_of_them[:-1] != without).sum() <= 1


def test_folds_have_as_many_of_each_kind() -> None:
    texts, articles, answerable = made([(at, at % 3 > 0) for at in range(150)])
    folds = folds_of(texts, groups_of(texts, articles, vectors(150)), answerable)
    counts = [[int((folds[answerable == kind] == at).sum()) for at in range(FOLDS)] for kind in (True, False)]
    assert counts == [[20] * 5, [10] * 5]
