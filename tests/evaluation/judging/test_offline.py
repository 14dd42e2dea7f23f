"""The judge that asks no model reads a stored turn: with the passages it cites, in the language it is in."""

from __future__ import annotations

import pytest

from evaluation.judging.judges import judge, judge_all
from evaluation.judging.offline import passages_of
from evaluation.turned import Turned
from tests.evaluation.judging.conftest import turned

pytestmark = pytest.mark.django_db


def test_it_needs_no_vectors() -> None:
    """No server for embeddings answers here: it judges by words and rules."""
    right = judge([turned("You have 30 days from delivery to return a lamp.", margins=(0.3, 0.1))], "offline")
    wrong = judge([turned("You have 90 days from delivery to return a lamp.", margins=(0.3, 0.1))], "offline")
    assert (right.grounded.met, right.is_right, right.judge) == (True, True, "offline")
    assert (wrong.grounded.met, wrong.is_right) == (False, False)


def test_the_language_of_a_passage_is_read_from_it() -> None:
    french = turned("Vous avez 30 jours.", language="fr")
    assert passages_of(french, "fr")[0].language == "fr"
    assert passages_of(turned("You have 30 days."), "fr")[0].language == "en"


def test_steps_of_flows_rest_on_the_flow() -> None:
    step = Turned("Which order is it about? It costs €9.", "guided", "I want to return it", language="en")
    found = judge([step], "offline")
    assert found.grounded.met is None and found.helpful.met is None and found.is_right is None


def test_what_it_says_of_itself_is_held_against_no_passage() -> None:
    """A model that was shown passages and cites none of them is."""
    said, asked = "I am an AI assistant. People read along.", "Is this a robot?"
    own = judge([Turned(said, "answered", asked, language="en")], "offline")
    model = judge([Turned(said, "answered", asked, language="en", found=("opening-hours",))], "offline")
    assert (own.grounded.met, model.grounded.met) == (None, False)


def test_every_answer_of_a_conversation_is_read_after_those_before() -> None:
    turns = [
        turned("Delivery to France takes 3 days.", "How long?"),
        turned("Delivery to France takes 8 days.", "Sure?"),
    ]
    found = judge_all(turns, "offline")
    assert [one.coherent.met for one in found] == [True, False]


def test_a_refusal_claims_nothing() -> None:
    refusal = "I could not find an answer to that in our help pages."
    found = judge([Turned(refusal, "declined", "Do you rent lamps?", language="en")], "offline")
    assert found.grounded.met is None and found.is_right is None
