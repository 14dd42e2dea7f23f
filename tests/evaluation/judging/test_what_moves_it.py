"""The judge without a model is not talked round: by courtesies, by length, by the question given back, or by
the order of what is cited or said. Meaning is told by shared words here: it holds for any vectors."""

from __future__ import annotations

from collections.abc import Collection
from itertools import permutations

import numpy as np
import pytest

from evaluation.judging.grounded import Held, Known, grounded
from evaluation.judging.helpful import helpful
from evaluation.judging.likeness import Likeness
from evaluation.judging.sentences import units_of
from evaluation.turned import Source, Turned
from knowledge.terms import fold, tokenise

QUESTIONS = {
    "en": "How long may I return a lamp that I bought in the sales?",
    "fr": "Combien de temps ai-je pour rendre une lampe achetée en solde ?",
}
PASSAGES = {
    "en": (
        "You may return a lamp that you bought in the sales for 14 days. The label has to be on it.",
        "Our shop in Lyon is on a quiet square. Dogs are welcome there.",
        "A large lamp is brought by two people. They take the box away.",
    ),
    "fr": (
        "Une lampe achetée en solde peut être rendue pendant 14 jours. L'étiquette doit y être.",
        "Notre boutique de Lyon donne sur une place calme. Les chiens y sont bienvenus.",
        "Une grande lampe est livrée par deux personnes. Elles remportent le carton.",
    ),
}
BESIDE = {"en": "Dogs are welcome there.", "fr": "Les chiens y sont bienvenus."}
MORE = {"en": "They take the box away.", "fr": "Elles remportent le carton."}
RIGHT = {
    "en": "You may return a lamp that you bought in the sales for 14 days.",
    "fr": "Une lampe achetée en solde peut être rendue pendant 14 jours.",
}
WRONG = {
    "en": "You may return a lamp that you bought in the sales for 30 days.",
    "fr": "Une lampe achetée en solde peut être rendue pendant 30 jours.",
}
COURTESIES = {
    "en": [
        "Thank you very much for your message!", "That is a very good question.", "I hope this helps you.",
        "I am sorry for the inconvenience.", "Please do not hesitate to write to us again.",
        "I fully understand how important a lamp is to you.", "Have a nice day!",
    ],
    "fr": [
        "Merci beaucoup pour votre message !", "C'est une très bonne question.", "J'espère vous avoir aidé.",
        "Je suis désolé de ce désagrément.", "N'hésitez pas à nous écrire de nouveau.",
        "Je comprends combien une lampe compte pour vous.", "Je vous souhaite une bonne journée !",
    ],
}  # fmt: skip
GIVEN_BACK = {
    "en": [
        "You would like to know how long you may return a lamp that you bought in the sales.",
        "How long may I return a lamp that I bought in the sales:",
        "Your question about how long you may return a lamp.",
    ],
    "fr": [
        "Vous souhaitez savoir combien de temps vous avez pour rendre une lampe achetée en solde.",
        "Combien de temps ai-je pour rendre une lampe achetée en solde :",
        "Votre question concernant une lampe achetée en solde.",
    ],
}
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def by_words(texts: Collection[str]) -> Known:
    """Texts are as alike as their words are."""
    kinds = sorted({word for text in texts for word in tokenise(fold(text))})
    vectors = {}
    for text in texts:
        words = set(tokenise(fold(text)))
        vector = np.array([float(word in words) for word in kinds])
        vectors[text] = vector / (np.linalg.norm(vector) or 1.0)
    return Known(likeness=Likeness(vectors))


def judged(said: str, language: str, order: tuple[int, ...] = (0, 1, 2)):
    """Grounded, with its sentences, and helpful."""
    question = QUESTIONS[language]
    passages = [Held(at + 1, f"Page {at}", PASSAGES[language][at], language) for at in order]
    sources = tuple(Source(one.number, one.title, one.title, one.text) for one in passages)
    texts = [question, *(unit.plain for unit in units_of(said))]
    texts += [saying for one in passages for saying in one.sayings]
    known = by_words(dict.fromkeys(texts))
    turned = Turned(said, "answered", question, language=language, sources=sources, margins=(0.1, 0.08, 0.0))
    rests, sentences = grounded(said, passages, language, question, known)
    return rests, sentences, helpful(turned, passages, language, known)


@LANGUAGES
def test_what_answers_helps_and_what_is_beside_it_does_not(language: str) -> None:
    """Without this the others would say nothing."""
    assert judged(RIGHT[language], language)[2].met is True
    assert judged(BESIDE[language], language)[2].met is False
    assert judged(RIGHT[language], language)[0].met is True
    assert judged(WRONG[language], language)[0].met is False


@LANGUAGES
def test_courtesies_change_nothing_at_all(language: str) -> None:
    for said in (RIGHT[language], BESIDE[language], WRONG[language]):
        alone = judged(said, language)
        for courtesy in COURTESIES[language]:
            for padded in (f"{courtesy} {said}", f"{said} {courtesy}"):
                rests, sentences, helps = judged(padded, language)
                assert (rests, sentences, helps) == alone, courtesy
        everything = " ".join([*COURTESIES[language], said, *COURTESIES[language]])
        assert judged(everything, language) == alone


@LANGUAGES
def test_the_question_given_back_is_no_answer(language: str) -> None:
    alone = judged(BESIDE[language], language)[2]
    for back in GIVEN_BACK[language]:
        assert judged(f"{back}\n\n{BESIDE[language]}", language)[2] == alone, back


@LANGUAGES
def test_a_true_sentence_beside_the_question_makes_no_answer_of_another(language: str) -> None:
    both = f"{BESIDE[language]} {MORE[language]}"
    alone = max(judged(one, language)[2].score for one in (BESIDE[language], MORE[language]))
    assert judged(both, language)[2].met is False
    assert judged(both, language)[2].score == alone
    assert judged(" ".join([both] * 5), language)[2].score == alone


@LANGUAGES
def test_a_true_sentence_grounds_no_other(language: str) -> None:
    for more in (RIGHT[language], MORE[language]):
        for said in (f"{WRONG[language]} {more}", f"{more} {WRONG[language]}"):
            rests, sentences, _helps = judged(said, language)
            assert rests.met is False and sorted(one.grounded for one in sentences) == [False, True]


@LANGUAGES
def test_where_a_sentence_stands_in_an_answer_does_not_matter(language: str) -> None:
    said = [RIGHT[language], BESIDE[language], MORE[language]]
    found = [judged(" ".join(order), language) for order in permutations(said)]
    assert len({(rests.score, helps.score) for rests, _sentences, helps in found}) == 1


@LANGUAGES
def test_the_order_of_what_is_cited_does_not_matter(language: str) -> None:
    for said in (RIGHT[language], WRONG[language], f"{BESIDE[language]} {MORE[language]}"):
        found = [judged(said, language, order) for order in permutations(range(3))]
        assert len({(rests.met, rests.score, helps.score) for rests, _sentences, helps in found}) == 1
