"""Questions that ask the same come together."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cleaning.conversations import Candidate
from knowledge.cleaning.grouping import group
from knowledge.cleaning.linkage import average_linkage
from knowledge.loaders.base import Place
from tests.knowledge.cleaning.asked import ANSWERS, ENGLISH, asked


def candidate(question: str, answer: str = "", language: str = "en", **facts) -> Candidate:
    return Candidate(question, answer, Place("chats.json"), "agent", language, **facts)


def answered() -> list[tuple[int, Candidate]]:
    """The English questions, agents answering in one of two ways."""
    answers: dict[int, list[str]] = {}
    for number, answer in asked(ANSWERS):
        answers.setdefault(number, []).append(answer)
    return [
        (number, candidate(question, answers[number][at % 2]))
        for at, (number, question) in enumerate(asked(ENGLISH))
    ]


def pairs(groups: list[list[int]]) -> set[tuple[int, int]]:
    return {pair for members in groups for pair in itertools.combinations(sorted(members), 2)}


def test_words_alone_bring_most_of_the_same_questions_together():
    labelled = answered()
    places = {made.question: at for at, (_, made) in enumerate(labelled)}
    groups = group([made for _, made in labelled])
    together = pairs([[places[member.question] for member in made.members] for made in groups])
    right = pairs([[at for at, (n, _) in enumerate(labelled) if n == number] for number in range(16)])
    assert len(together & right) / len(together) > 0.9
    assert len(together & right) / len(right) > 0.6


def test_an_answer_that_everybody_gets_brings_nothing_together():
    mine = [candidate(made.question, "You find everything in your account.") for _, made in answered()]
    assert max(made.count for made in group(mine)) <= 5


def vectors(*rows: list[float]) -> np.ndarray:
    made = np.array(rows, dtype=np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_meaning_brings_together_what_words_do_not():
    mine = [candidate("Where is my parcel?"), candidate("Has it left yet"), candidate("Do you take cheques?")]
    # As with e5, the unrelated are near too: .8.
    near = vectors([2, 1, 0.1], [2, 1, 0], [2, -0.3, 0.9])
    groups = group(mine, near)
    assert [made.count for made in groups] == [2, 1]
    assert {groups[0].question, *groups[0].questions} == {"Where is my parcel?", "Has it left yet"}


def test_a_common_part_of_many_vectors_is_taken_off():
    rng = np.random.default_rng(1)
    topics = rng.normal(size=(20, 64))
    rows = [3 * np.ones(64) + 2 * topics[at % 20] + 0.3 * rng.normal(size=64) for at in range(200)]
    mine = [candidate(f"question {at} x{at}", f"answer y{at % 20}") for at in range(200)]
    assert sorted(made.count for made in group(mine, vectors(*rows))) == [10] * 20


def test_languages_stay_apart_and_the_largest_group_is_first():
    answer = "We deliver to Belgium in three days"
    mine = [candidate("Belgium delivery"), *[candidate("Belgium delivery", answer, "fr")] * 2]
    assert [(made.count, made.members[0].language) for made in group(mine)] == [(2, "fr"), (1, "en")]


def test_the_best_answer_is_the_one_that_others_agree_with_and_that_is_general():
    question = "How long does delivery take?"
    general = "Delivery takes three days within France."
    mine = [
        candidate(question, "Your parcel 12 arrives tomorrow, delivery takes three days.", specific=True),
        candidate(question, general),
        candidate(question, "Within France delivery takes three days.", worth=-1),
        candidate(question + " please", "Ask somebody else.", worth=1),
    ]
    vectors_of_one_meaning = vectors(*[[1.0, 0.0]] * 4)
    (made,) = group(mine, vectors_of_one_meaning)
    assert (made.question, made.answer, made.count) == (question, general, 4)
    assert made.questions == (question + " please",)


def test_nothing_makes_no_groups():
    assert group([]) == []
    assert group([], np.empty((0, 384), dtype=np.float32)) == []


def naive(points: np.ndarray, alike: float) -> list[list[int]]:
    """Average linkage as it is defined: join the closest two until none are alike."""
    groups = [[at] for at in range(len(points))]
    while len(groups) > 1:
        like, one, other = max(
            (float(np.mean([points[a] @ points[b] for a in groups[x] for b in groups[y]])), x, y)
            for x, y in itertools.combinations(range(len(groups)), 2)
        )
        if like < alike:
            break
        groups[one] += groups.pop(other)
    return sorted((sorted(members) for members in groups), key=lambda members: members[0])


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 18), st.floats(-0.2, 0.8))
def test_linkage_is_that_of_the_closest_two_first(seed, count, alike):
    points = vectors(*np.random.default_rng(seed).normal(size=(count, 5)))
    assert average_linkage(points, alike) == naive(points, alike)


@pytest.mark.parametrize("count", [1, 2, 3000])
def test_equal_questions_are_one_group_at_once(count):
    assert average_linkage(np.ones((count, 4), dtype=np.float32) / 2, 0.9) == [list(range(count))]
