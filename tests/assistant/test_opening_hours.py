"""Who asks when a shop is open gets its days and hours, and not a sentence with "open" in it."""

from __future__ import annotations

import pytest

from assistant.amounts import amounts_asked
from assistant.extracts import choose_quotes
from knowledge.matching import Passage

LYON = "**14 rue des Verriers, Lyon**\n\n- Tuesday to Saturday, **10 am to 7 pm**. Closed on Monday."
CLOSING = "Both shops are closed on 1 May. They are open in August. On Sundays they are open from 2 to 6 pm."


@pytest.mark.parametrize(
    "question",
    [
        "What are your opening hours?",
        "When are you open?",
        "When is the shop in Nantes open?",
        "What time do you close?",
        "Are you open on Sundays?",
        "Quels sont vos horaires d’ouverture ?",
        "Vous êtes ouverts le samedi ?",
        "À quelle heure fermez-vous ?",
        "Jusqu’à quelle heure êtes-vous ouverts ?",
    ],
)
def test_hours_are_asked_for(question: str) -> None:
    assert [amount.kind for amount in amounts_asked(question)] == ["hours"]


@pytest.mark.parametrize(
    "question",
    [
        "When do I get my money back?",
        "How long does delivery take?",
        "Quand serai-je livré ?",
        "When will my account be closed?",
        "How long do I have to open a dispute?",
        "When do you close inactive accounts?",
        "How long is the return window open?",
        "Quand mon dossier sera-t-il fermé ?",
        "Quand fermez-vous un compte inactif ?",
    ],
)
def test_another_time_is_asked_for(question: str) -> None:
    assert [amount.kind for amount in amounts_asked(question)] == ["time"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Tuesday to Saturday, 10 am to 7 pm", True),
        ("Mon–Fri 9–17", True),
        ("Every day from 9.30 am until noon", True),
        ("9 am to 5 pm on weekdays", True),
        ("du mardi au samedi, de 10 h à 18 h 30", True),
        ("tous les jours 9h-19h", True),
        ("from 2 to 6 pm", False),
        ("within 2 to 3 days", False),
        ("le 1er mai", False),
    ],
)
def test_days_with_hours_are_hours(text: str, given: bool) -> None:
    [hours] = amounts_asked("When are you open?")
    assert hours.stands_in(text) is given


def test_they_are_quoted_first() -> None:
    passages = [passage(CLOSING, "Closing days", 0.032), passage(LYON, "Lyon", 0.03)]
    [first, *_] = choose_quotes(passages, {}, "en", question="What time do you close?")
    assert first.passage == 1
    [first, *_] = choose_quotes(passages, {}, "en", question="Is one shop larger?")
    assert first.passage == 0


def passage(text: str, heading: str, score: float) -> Passage:
    return Passage(1, 1, 1, 1, "shops", "en", "", "Our shops", [heading], "", text, score, score, 0.0)
