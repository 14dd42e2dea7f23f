"""Answer, ask back or decline: decided from what was found, without a model or a database."""

from typing import Any

import pytest

from assistant.events import Outcome
from assistant.outcomes import Verdict, decide
from knowledge.reading import Reading
from knowledge.search import Passage, Results


def passage(title: str, score: float) -> Passage:
    return Passage(1, hash(title), 1, 1, title, "en", "", title, [], "", f"{title}.", score, score, 0.0)


def decided(question: str, *, score: float = 0.9, answers: bool = True, **given: Any) -> Verdict:
    results = Results([passage("Returns", score), passage("Warranty", score - 0.01)], floor=0.5, spread=0.1)
    usual = {"language": "en", "follows": False, "asked_before": False, "strict": True}
    reading = Reading(answers, (score - 0.5) / 0.1, () if answers else ("below_floor",))
    return decide(question, results, reading, **{**usual, **given})


def test_what_is_found_is_answered() -> None:
    assert decided("How do I return a lamp?").outcome is Outcome.ANSWERED


def test_what_is_not_found_is_declined_with_the_doubt() -> None:
    declined = decided("Who won the cup?", score=0.3, answers=False)
    assert declined == Verdict(Outcome.DECLINED, ("below_floor",))


def test_a_doubt_counts_only_when_no_model_reads_the_passages() -> None:
    assert decided("Which lamp is best?", answers=False).outcome is Outcome.DECLINED
    assert decided("Which lamp is best?", answers=False, strict=False).outcome is Outcome.ANSWERED


def test_what_reads_like_an_answer_is_one_below_the_floor_too() -> None:
    assert decided("How do I return a lamp?", score=0.49).outcome is Outcome.ANSWERED


@pytest.mark.parametrize("follows", [False, True])
def test_words_without_a_topic_are_asked_back_at_any_time(follows: bool) -> None:
    verdict = decided("and how?", score=0.3, answers=False, follows=follows)
    assert (verdict.outcome, verdict.reasons) == (Outcome.ASKED_BACK, ("no_topic",))


def test_words_without_a_topic_take_that_of_what_was_said_before() -> None:
    assert decided("and how?", follows=True).outcome is Outcome.ANSWERED


def test_it_is_not_asked_twice() -> None:
    verdict = decided("and how?", score=0.3, answers=False, follows=True, asked_before=True)
    assert verdict.outcome is Outcome.DECLINED


def test_a_word_that_fits_several_articles_is_asked_back_with_their_titles() -> None:
    verdict = decided("lamp")
    assert (verdict.outcome, verdict.topics) == (Outcome.ASKED_BACK, ("Returns", "Warranty"))
    assert decided("lamp", follows=True).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("I have a problem", "en"),
        ("it doesn't work", "en"),
        ("help", "en"),
        ("j'ai un souci", "fr"),
        ("ça marche pas", "fr"),
    ],
)
def test_words_that_say_only_that_something_is_the_matter_are_asked_back(words: str, language: str) -> None:
    verdict = decided(words, language=language)
    assert (verdict.outcome, verdict.reasons) == (Outcome.ASKED_BACK, ("no_topic",))


@pytest.mark.parametrize(
    ("words", "language"), [("my lamp doesn't work", "en"), ("ma lampe ne marche pas", "fr")]
)
def test_beside_a_topic_such_words_are_nothing(words: str, language: str) -> None:
    assert decided(words, language=language).outcome is Outcome.ANSWERED


def test_one_word_that_stands_in_a_title_is_not_declined() -> None:
    alone = decided("warranty", score=0.3, answers=False)
    assert (alone.outcome, alone.reasons) == (Outcome.ANSWERED, ("called_so",))
    assert decided("pizza", score=0.3, answers=False).outcome is Outcome.DECLINED
    assert decided("warranty and pizza", score=0.3, answers=False).outcome is Outcome.DECLINED


def test_one_word_that_stands_in_several_titles_is_asked_back() -> None:
    results = Results(
        [passage("Gift cards", 0.3), passage("Cards that were lost", 0.3)], floor=0.5, spread=0.1
    )
    reading = Reading(False, -2.0, ("below_floor",))
    verdict = decide("cards", results, reading, language="en", follows=False, asked_before=False, strict=True)
    assert (verdict.outcome, verdict.topics) == (Outcome.ASKED_BACK, ("Gift cards", "Cards that were lost"))
