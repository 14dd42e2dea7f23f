"""The judge without a model asks whether an answer is one to what was asked, and leaves open what it cannot
tell."""

from __future__ import annotations

import pytest

from evaluation.judging.asked_kinds import (
    asked_kind,
    asks_yes_or_no,
    gives_what_was_asked,
    is_given,
)
from evaluation.judging.helpful import helpful
from evaluation.turned import Turned
from tests.evaluation.judging.conftest import held, known, turned


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much is it?", "price"),
        ("What would shipping to Portugal cost me?", "price"),
        ("Combien ça coûte ?", "price"),
        ("How long do I have to return a lamp?", "time"),
        ("Combien de temps dure la garantie ?", "time"),
        ("When is the shop open?", "when"),
        ("Quels sont les horaires de la boutique ?", "when"),
        ("How many points do I need?", "number"),
        ("Combien de points faut-il ?", "number"),
        ("By when must I report it?", "when"),
        ("Until when can I cancel?", "when"),
        ("Jusqu'à quand puis-je annuler ?", "when"),
        ("Il faut combien de lumens ?", "number"),
        ("C'est payant ?", "price"),
        ("Can I pay by cheque?", ""),
        ("Puis-je payer par chèque ?", ""),
    ],
)
def test_the_kind_of_thing_that_is_asked_for_is_read_from_the_question(question: str, kind: str) -> None:
    assert asked_kind(question) == kind


@pytest.mark.parametrize(
    ("kind", "said", "language", "given"),
    [
        ("price", "It is €4.90.", "en", True),
        ("price", "C'est gratuit.", "fr", True),
        ("price", "That depends on the country.", "en", False),
        ("time", "Vous avez 30 jours.", "fr", True),
        ("when", "Du mardi au samedi, de 10 h à 19 h.", "fr", True),
        ("when", "At our shop in Lyon.", "en", False),
        ("number", "You need 200 points.", "en", True),
        ("number", "Quite a few.", "en", False),
        ("when", "No later than a week after delivery.", "en", True),
        ("when", "Tout de suite.", "fr", True),
    ],
)
def test_whether_it_is_given(kind: str, said: str, language: str, given: bool) -> None:
    assert is_given(kind, said, language) is given


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Can I pay by cheque?", True),
        ("Mon frère peut-il venir à ma place ?", True),
        ("Est-ce que vous livrez en Corse ?", True),
        ("When can I come?", False),
        ("Quand puis-je venir ?", False),
        ("Do you know how long it takes?", False),
    ],
)
def test_a_question_may_ask_for_a_yes_or_a_no(question: str, asks: bool) -> None:
    assert asks_yes_or_no(question) is asks


def test_an_answer_gives_what_was_asked_or_not_or_nobody_can_tell() -> None:
    assert gives_what_was_asked("How long do you keep it?", "For a year.", "en") == 1
    assert gives_what_was_asked("How long do you keep it?", "In the European Union.", "en") == -1
    assert gives_what_was_asked("How long do you keep it?", "We do not keep it.", "en") == 0
    assert gives_what_was_asked("What do I do with it?", "Bring it to a shop.", "en") == 0


def said_of(one: Turned):
    return helpful(one, held(one.language), one.language, known())


def test_an_answer_in_the_words_of_the_question_that_the_search_stood_by_helps() -> None:
    answer = turned("You may return a lamp for 30 days.", margins=(0.3, 0.1, 0.05, 0.0))
    assert said_of(answer).met


def test_one_beside_the_question_does_not_and_the_kind_that_is_missing_is_named() -> None:
    answer = turned("Our workshops are closed.", "How much is gift wrapping?", margins=(0.01, 0.0, 0.0, 0.0))
    verdict = said_of(answer)
    assert verdict.met is False and [one.code for one in verdict.because] == ["no_price"]


def test_between_the_two_nobody_can_tell() -> None:
    verdict = said_of(turned("Bring the lamp.", "What do I do with a lamp?", margins=(0.02, 0.02)))
    assert verdict.met is None and [one.code for one in verdict.because] == ["unsure"]


def test_a_yes_to_what_asks_for_one_answers_it() -> None:
    explained = "That is possible with a copy of your card."
    yes = said_of(turned(f"Yes. {explained}", "Can my sister collect it?"))
    assert yes.met and (said_of(turned(explained, "Can my sister collect it?")).score or 0) < (yes.score or 0)


def test_to_thanks_a_courtesy_is_enough_and_to_a_question_it_is_not() -> None:
    courtesy = "You are welcome. Is there anything else I can help you with?"
    assert said_of(turned(courtesy, "Thanks a lot!")).met
    verdict = said_of(turned(courtesy, "When do you open the shop in Nantes?"))
    assert verdict.met is False and verdict.because[0].code == "says_nothing"


def test_of_a_refusal_it_says_only_what_stands_there_in_so_many_words() -> None:
    refused = turned(
        "I could not find an answer to that.", "Do you ship spare parts to Martinique?", outcome="declined"
    )
    verdict = said_of(refused)
    assert verdict.met is None and verdict.because[0].code == "declined_unknown"
    looked = ("Delivery: We ship spare parts to Martinique within 9 days.",)
    told = turned(refused.said, refused.words, outcome="declined", looked=looked)
    verdict = said_of(told)
    assert verdict.met is False and "Martinique" in verdict.because[0].facts["found"]


@pytest.mark.parametrize("outcome", ["guided", "asked_back", "handoff"])
def test_steps_of_flows_and_handoffs_are_left_to_the_goal(outcome: str) -> None:
    assert said_of(turned("Which order?", outcome=outcome)).met is None
