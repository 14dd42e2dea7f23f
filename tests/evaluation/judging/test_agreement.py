"""How far a judge agrees with people, beyond chance, and how it is said."""

from __future__ import annotations

import pytest

from evaluation.judging.agreement import Agreed, agreed
from evaluation.judging.agreement_shown import in_words


def test_kappa_is_one_for_complete_agreement_and_none_where_one_side_never_differs() -> None:
    found = agreed([(True, True)] * 30 + [(False, False)] * 10)
    assert (found.share, found.kappa, found.low, found.high) == (1.0, 1.0, 1.0, 1.0)
    alike = agreed([(True, True)] * 40)
    assert (alike.share, alike.kappa) == (1.0, None)


def test_who_called_what_right_is_counted() -> None:
    pairs = [(True, True)] * 40 + [(True, False)] * 5 + [(False, True)] * 5 + [(False, False)] * 50
    found = agreed(pairs)
    assert (found.both_right, found.only_judge, found.only_people, found.both_wrong) == (40, 5, 5, 50)
    assert found.kappa == pytest.approx(0.798, abs=0.001)
    assert found.low is not None and found.high is not None and found.low < 0.798 < found.high


def test_agreement_by_chance_alone_is_none() -> None:
    found = agreed([(True, True), (True, False), (False, True), (False, False)] * 25)
    assert found.kappa == pytest.approx(0.0) and found.low is not None and found.low < 0


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], "Not compared with people yet."),
        ([(True, True)] * 12, "Compared with people on 12 answers: too few, or all of one kind"),
        ([(True, True)] * 20 + [(False, False)] * 20, "the same as people of 100 % of 40 answers (κ 1.00"),
    ],
)
def test_it_is_said_in_a_sentence(pairs: list[tuple[bool, bool]], words: str) -> None:
    assert words in in_words(agreed(pairs)).replace("\u00a0", " ")


def test_without_answers_nothing_is_said() -> None:
    assert Agreed().share is None and not Agreed().is_enough


def test_only_what_agrees_well_enough_counts() -> None:
    """Neither a few answers that all agree, nor many that agree somewhat."""
    few = [(True, True)] * 10 + [(False, False)] * 10
    assert not agreed(few).counts
    assert agreed(few * 3).counts
    somewhat = [(True, True)] * 40 + [(True, False)] * 10 + [(False, True)] * 10 + [(False, False)] * 15
    assert agreed(somewhat).kappa is not None and agreed(somewhat).is_enough
    assert not agreed(somewhat).counts, "its interval reaches too far down"
    assert not agreed([(True, True)] * 90).counts, "that all are right says nothing of the judge"
