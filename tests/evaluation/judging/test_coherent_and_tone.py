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


@pytest.mark.parametrize(
    ("language", "offered", "said"),
    [
        ("en", "It does not fit", "That is none of the reasons that I can choose from."),
        (
            "en",
            "It does not fit",
            "I did not understand “It does not fit”. Please choose one of the buttons.",
        ),
        ("fr", "Elle ne convient pas", "Je n'ai pas compris. Choisissez l'un des boutons, s'il vous plaît."),
        ("fr", "Elle ne convient pas", "Ce n'est pas un motif possible."),
    ],
)
def test_what_was_offered_to_choose_is_not_refused(language, offered, said):
    asked = [Turned("Why?", "guided", "I return it", language=language, options=(offered, "Other"))]
    verdict = fits(said, asked, language, offered, "guided")
    assert [one.code for one in verdict.because] == ["refused_label"]
    assert verdict.because[0].facts["found"] == offered
    assert fits(said, asked, language, "banana", "guided").met, "what nobody offered may be refused"


def test_a_button_that_ends_in_the_same_question_or_a_refusal_was_refused():
    asked = [Turned("Which lamp is it?", "guided", "I return it", language="en", options=("Brume", "Perle"))]
    assert fits("Hm. Which lamp is it?", asked, "en", "Brume", "guided").met is False
    assert fits("I have no answer to that.", asked, "en", "Brume", "declined").met is False
    assert fits("Brume, then. What is the order number?", asked, "en", "Brume", "guided").met
    assert fits("Hm. Which lamp is it?", asked, "en", "banana", "guided").met


@pytest.mark.parametrize(
    ("language", "first", "then", "put_right"),
    [
        (
            "en", "Yes, sale items can be returned within 14 days.",
            "No: sale items cannot be returned, and engraved lamps cannot either.",
            "I have to correct myself: sale items cannot be returned.",
        ),
        (
            "en", "No, the Lyon shop is closed on Mondays.",
            "Perfect, the Lyon shop is open on Mondays from 10 am.",
            "I was wrong: the Lyon shop is open on Mondays.",
        ),
        (
            "fr", "Oui, les articles soldés peuvent être rendus sous 14 jours.",
            "Non : les articles soldés ne peuvent pas être rendus, les lampes gravées non plus.",
            "Je me suis trompé : les articles soldés ne peuvent pas être rendus.",
        ),
    ],
)  # fmt: skip
def test_part_of_an_answer_takes_nothing_back_unless_it_says_so(language, first, then, put_right):
    verdict = fits(then, before(first, language=language), language, "And engraved ones?")
    assert [one.code for one in verdict.because] == ["contradicts"]
    assert fits(put_right, before(first, language=language), language, "And engraved ones?").met


def test_what_was_settled_is_not_asked_for_again():
    talk = [
        Turned("On which day would you like to come?", "guided", "A consultation, please", language="en"),
        Turned("How many people will come?", "guided", "On Friday", language="en"),
    ]
    again = fits("On which day would you like to come?", talk, "en", "two", "guided")
    assert [one.code for one in again.because] == ["given_already"]
    assert fits("On which street do you live?", talk, "en", "two", "guided").met
    town = [Turned("Gladly. On which day?", "guided", "A visit in Nantes, please", language="en")]
    assert fits("Would you like to come to Lyon or Nantes?", town, "en", "Friday", "guided").met is False
    assert fits("Would you like to come to Lyon or Paris?", town, "en", "Friday", "guided").met


def test_what_led_to_nothing_may_be_asked_for_again():
    told = before("Thank you.", "It is LP-2041170")
    assert fits("I find no order LP-2041170: could you check the order number?", told, "en", "Go on").met


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
        ("en", "Relax, it is only a lamp.", "brushes_off"),
        ("fr", "Ce n'est pas notre problème.", "brushes_off"),
        ("en", "Hey dude, it will turn up.", "too_familiar"),
        ("fr", "Coucou, ça arrive 😘", "too_familiar"),
        ("en", "The user is required to wait.", "like_a_file"),
        ("fr", "Demande invalide. L'usager est prié de patienter.", "like_a_file"),
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
        ("en", "Your request has been passed on; whatever is left stays on the card."),
        ("fr", "Ce n'est pas compliqué, et votre demande est transmise."),
    ],
)
def test_plain_politeness_passes(language, said):
    assert tone(said, language).met


def test_who_says_vous_is_not_spoken_to_as_tu():
    said = "Va sur la page, et clique sur le lien."
    assert tone("Tu peux rendre ta lampe.", "fr", "Pouvez-vous m'aider ?").met is False
    assert tone(said, "fr", "Pouvez-vous m'aider ?").met is False
    assert tone(said, "fr", "Tu peux m'aider ?").met


def test_a_step_that_asks_again_and_a_second_refusal_repeat_themselves_rightly():
    asked = before("Which order number is it about?", "banana")
    assert fits("Which order number is it about?", asked, "en", "12", "guided").met
    assert fits("It is LP-2041999, which I do not find. Which order number?", asked, "en", "LP-2041999").met
    refused = before("I have no answer to that.", "Why?")
    assert fits("I have no answer to that.", refused, "en", "Are you open?", "declined").met
