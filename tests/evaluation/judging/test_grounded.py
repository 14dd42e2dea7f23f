"""The judge without a model holds each sentence against its passages: figures, the opposite, names, words."""

from __future__ import annotations

import pytest

from evaluation.judging.grounded import Held, grounded
from evaluation.judging.sentences import claims_in
from tests.evaluation.judging.conftest import held, known

ASKED = {"en": "How long may I return a lamp?", "fr": "Combien de temps pour rendre une lampe ?"}


def found(said: str, language: str = "en", passages: list[Held] | None = None, question: str = ""):
    told = held(language) if passages is None else passages
    return grounded(said, told, language, question or ASKED[language], known())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "You have 30 days from delivery to return a lamp. [1]"),
        ("en", "Sale items have two weeks. [1]"),
        ("en", "From Belgium a return costs €8.90. [1]"),
        ("en", "A return costs nothing from our shops. [1]"),
        ("fr", "Vous avez 30 jours à compter de la livraison pour rendre une lampe. [1]"),
        ("fr", "Depuis la Belgique, le coût est de 8,90 €. [1]"),
        ("fr", "Depuis nos boutiques, cela ne coûte rien. [1]"),
    ],
)
def test_what_the_passage_says_is_grounded(language: str, said: str) -> None:
    verdict, sentences = found(said, language)
    assert verdict.met and sentences[0].passage == 1 and not sentences[0].because


@pytest.mark.parametrize(
    ("language", "said", "code", "told"),
    [
        ("en", "You have 60 days from delivery to return a lamp.", "figure", "60"),
        ("en", "From Belgium a return costs €4.90.", "figure", "€4.90"),
        ("en", "Lamps on sale, sale items, have 30 days.", "figure", "30 days"),
        ("en", "We accept lamps without their label.", "opposite", "do not accept"),
        ("en", "From our shops it is payable.", "opposite", "free"),
        ("fr", "Vous avez 60 jours à compter de la livraison pour rendre une lampe.", "figure", "60"),
        ("fr", "Depuis la Belgique, le coût est de 4,90 €.", "figure", "4,90"),
        ("fr", "Nous reprenons les lampes sans étiquette.", "opposite", "ne reprenons pas"),
        ("fr", "Depuis nos boutiques, c'est payant.", "opposite", "gratuit"),
    ],
)
def test_what_it_says_otherwise_is_not_and_the_judge_says_why(
    language: str, said: str, code: str, told: str
) -> None:
    verdict, sentences = found(said, language)
    assert verdict.met is False
    (because,) = [one for one in sentences[0].because if one.code == code]
    assert told in because.facts["found"]


def test_what_is_made_up_is_new() -> None:
    verdict, _sentences = found("Our opticians recommend resting your eyes every evening. [1]")
    assert verdict.met is False and verdict.because[0].code == "new"


def test_one_sentence_that_nothing_bears_is_enough() -> None:
    verdict, sentences = found("You have 30 days from delivery to return a lamp. Sale items have 90 days.")
    assert [one.grounded for one in sentences] == [True, False] and verdict.met is False


def test_figures_that_the_customer_gave_may_be_repeated() -> None:
    said = "Within 12 days you may return a lamp: you have 30 days from delivery."
    assert found(said, question="Can I return it after 12 days?")[0].met


@pytest.mark.parametrize(
    ("passage", "right", "wrong"),
    [
        (
            "Count in lumens: 250 lm by a bed, 470 lm for a soft light, 800 lm for reading.",
            "For reading, take 800 lm.", "For reading, take 470 lm.",
        ),
        (
            "Allow 10 working days for a repair.",
            "Allow two weeks for a repair.", "Allow 10 weeks for a repair.",
        ),
        ("The chat is kept for 12 months.", "The chat is kept for a year.", "The chat is kept for a month."),
    ],
)  # fmt: skip
def test_a_figure_is_that_of_its_clause_and_may_be_worded(passage: str, right: str, wrong: str) -> None:
    held = [Held(1, "Figures", passage, "en")]
    assert found(right, passages=held, question="How much?")[0].met
    verdict, _sentences = found(wrong, passages=held, question="How much?")
    assert verdict.met is False and "figure" in [one.code for one in verdict.because]


def test_not_before_is_from_then_on() -> None:
    held_ = [Held(1, "Compte", "Il faut avoir 16 ans pour ouvrir un compte.", "fr")]
    assert found("Pour ouvrir un compte, pas avant 16 ans.", "fr", held_)[0].met


def test_without_a_passage_nothing_is_grounded() -> None:
    verdict, _sentences = found("You have 30 days from delivery.", passages=[])
    assert verdict.met is False and verdict.because[0].code == "no_passage"


def test_two_passages_may_bear_a_sentence_together() -> None:
    both = [
        Held(1, "Returns", "A return takes 30 days from delivery.", "en"),
        Held(2, "Label", "The label of the parcel is printed in our shops.", "en"),
    ]
    said = "A return takes 30 days from delivery, and the label of the parcel is printed in our shops."
    verdict, sentences = found(said, passages=both)
    assert verdict.met and sentences[0].passage == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "You are welcome. Is there anything else I can help you with?"),
        ("en", "**Time limit** [1]"),
        ("en", "I have read your question as “how long may I return a lamp”."),
        ("en", "Our help pages do not mention London; this is what they say in general:"),
        ("fr", "Je vous en prie. Puis-je vous aider pour autre chose ?"),
        ("fr", "J’ai lu votre question ainsi : « combien de temps pour rendre une lampe »."),
    ],
)
def test_courtesies_headings_and_the_question_given_back_rest_on_nothing(language: str, said: str) -> None:
    assert claims_in(said, language, ASKED[language]) == []
    assert found(said, language)[0].met is None


def test_a_longer_answer_is_not_a_better_one() -> None:
    """Of two that are grounded, the one that goes on has no higher score."""
    short, _one = found("Sale items have two weeks.")
    long, _all = found("Sale items have two weeks. You have 30 days from delivery to return a lamp.")
    assert long.score is not None and short.score is not None and long.score <= short.score
