"""How far reviewers agree, against figures that were published or worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evaluation.reviews.agreement import Judged, cohen, fleiss, pairs_of

VERDICTS = st.sampled_from(["right", "incorrect", "incomplete"])
# Fleiss (1971) as it stands in Wikipedia: 10 subjects, 14 raters, 5 categories; kappa .210.
PUBLISHED = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def test_fleiss_is_the_published_figure() -> None:
    items: list[Judged] = []
    for counts in PUBLISHED:
        verdicts = [str(category) for category, number in enumerate(counts) for _ in range(number)]
        items.append(dict(enumerate(verdicts)))
    found = fleiss(items)
    assert (found.items, round(found.kappa or 0, 3)) == (10, 0.210)


@given(st.lists(st.tuples(VERDICTS, VERDICTS), min_size=2, max_size=60))
def test_cohen_is_what_scikit_learn_says(pairs: list[tuple[str, str]]) -> None:
    found = cohen([{"a": one, "b": other} for one, other in pairs], "a", "b")
    both = [one for one, _other in pairs], [other for _one, other in pairs]
    if len({*both[0], *both[1]}) == 1:
        assert found.kappa is None and found.share == 1
    else:
        assert found.kappa == pytest.approx(float(cohen_kappa_score(*both)))


@given(st.lists(st.dictionaries(st.integers(0, 4), VERDICTS, max_size=5), max_size=40))
def test_kappa_stays_within_its_bounds_whoever_judged_what(items: list[dict[int, str]]) -> None:
    found = fleiss(list(items))
    assert found.items == sum(len(judged) > 1 for judged in items)
    assert found.share is None or 0 <= found.share <= 1
    assert found.kappa is None or -1 <= found.kappa <= 1


def test_what_one_alone_has_judged_says_nothing() -> None:
    alone: list[Judged] = [{"a": "right"}, {"b": "incorrect"}]
    found = fleiss(alone)
    assert (found.items, found.share, found.kappa) == (0, None, None)
    assert cohen(alone, "a", "b").items == 0


def test_a_few_answers_are_not_enough_for_a_claim() -> None:
    twice: Judged = {"a": "right", "b": "right"}
    assert not fleiss([twice] * 19).is_enough and fleiss([twice] * 20).is_enough


def test_pairs_come_by_how_much_they_have_in_common() -> None:
    items: list[Judged] = [{"a": "right", "b": "right"}, {"a": "right", "b": "right", "c": "right"}]
    assert pairs_of(items)[0] == ("a", "b") and len(pairs_of(items)) == 3
