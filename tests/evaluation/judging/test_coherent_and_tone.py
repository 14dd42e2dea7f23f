"""The judge without a model on an answer beside those before it, and on how the customer is spoken to."""

from __future__ import annotations

import pytest

from evaluation.judging.coherent import coherent
from evaluation.judging.tone import tone
from evaluation.turned import Turned


def fits(said: str, earlier: list[Turned], language: str, words: str, outcome: str = "answered"):
    return coherent(Turned(said, outcome, words, language=language), earlier, language)


def before(said: str, words: str = "And then?", language: str = "en") -> list[Turned]:
    return [Turned(said, "answered", words, language=language)]


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "Delivery to France takes 3 days.", "Delivery to France takes 8 days."),
        ("en", "We deliver large lamps to Portugal.", "We do not deliver large lamps to Portugal."),
        ("fr", "La livraison en France prend 3 jours.", "La livraison en France prend 8 jours."),
        ("fr", "Nous livrons les lampes au Portugal.", "Nous ne livrons pas les lampes au Portugal."),
    ],
)
def test_what_was_said_before_is_not_contradicted(language, first, then):
    verdict = fits(then, before(first, language=language), language, "Something else?")
    assert verdict.met is False and verdict.because[0].code == "contradicts"
    assert verdict.because[0].facts == {"before": first, "found": then}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "You have thirty days for that."), ("fr", "Vous avez trente jours pour cela.")],
)
def test_another_question_has_another_answer(language, said):
    verdict = fits(said, before(said, language=language), language, "Something else?")
    assert [one.code for one in verdict.because] == ["said_before"]


def test_the_same_question_may_have_the_same_answer():
    said = "You have thirty days for that."
    assert fits(said, before(said, "How long?"), "en", "How long?").met


def test_a_sentence_twice_in_one_answer_is_seen():
    verdict = fits("We open on Monday morning. We open on Monday morning.", [], "en", "When?")
    assert [one.code for one in verdict.because] == ["said_twice"]


@pytest.mark.parametrize(
    ("language", "told", "asked", "given"),
    [
        ("en", "It is LP-2041170", "What is your order number?", "lp-2041170"),
        ("fr", "C'est LP-2041170", "Quel est votre numéro de commande ?", "lp-2041170"),
        ("en", "lea@example.org please", "Which is your e-mail address?", "lea@example.org"),
        ("fr", "lea@example.org", "Quelle est votre adresse e-mail ?", "lea@example.org"),
    ],
)
def test_what_was_given_is_not_asked_for(language, told, asked, given):
    verdict = fits(asked, before("Thank you.", told, language), language, "Go on")
    assert verdict.because[0].code == "given_already" and verdict.because[0].facts["found"] == given
    assert fits(asked, before("Thank you.", "hello", language), language, "Go on").met


def test_the_language_does_not_change_by_itself():
    verdict = fits("Good day.", before("Bonjour.", language="fr"), "en", "Bonjour ?")
    assert [one.code for one in verdict.because] == ["other_language"]
    assert fits("Au revoir.", before("Bonjour.", language="fr"), "fr", "Bonjour ?").met


@pytest.mark.parametrize(
    ("language", "said", "code"),
    [
        ("en", "THIS IS NOT POSSIBLE AT ALL.", "shouts"),
        ("fr", "CE N'EST VRAIMENT PAS POSSIBLE DU TOUT.", "shouts"),
        ("en", "That is your own fault.", "blames"),
        ("fr", "Vous auriez dû lire la page.", "blames"),
        ("en", "Please calm down.", "insults"),
        ("fr", "Calmez-vous, je vous prie.", "insults"),
        ("fr", "Vous pouvez le rendre, et tu recevras ton argent.", "both_forms"),
    ],
)
def test_a_tone_that_nobody_should_hear_is_named(language, said, code):
    verdict = tone(said, language)
    assert verdict.met is False and code in [one.code for one in verdict.because]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Our LED bulbs are IP65; VAT is included. How may I help you?"),
        ("en", "It is not your day, I am sorry!"),
        ("fr", "Vous pouvez rendre votre lampe LED (TVA comprise) sous 30 jours."),
        ("fr", "Tu peux rendre ta lampe."),
    ],
)
def test_plain_politeness_passes(language, said):
    assert tone(said, language).met


def test_a_step_that_asks_again_and_a_second_refusal_repeat_themselves_rightly():
    asked = before("Which order number is it about?", "banana")
    assert fits("Which order number is it about?", asked, "en", "12", "guided").met
    assert fits("It is LP-2041999, which I do not find. Which order number?", asked, "en", "LP-2041999").met
    refused = before("I have no answer to that.", "Why?")
    assert fits("I have no answer to that.", refused, "en", "Are you open?", "declined").met
