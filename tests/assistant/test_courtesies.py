"""Courtesies are answered in kind, but never swallow a question."""

import pytest

from assistant.smalltalk import Courtesy, courtesy_of


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("Hello", Courtesy.GREETING),
        ("Bonjour !", Courtesy.GREETING),
        ("hi there", Courtesy.GREETING),
        ("is there anyone there?", Courtesy.GREETING),
        ("vous êtes là ?", Courtesy.GREETING),
        ("no thanks", Courtesy.THANKS),
        ("never mind", Courtesy.FINE),
        ("c'est tout, merci", Courtesy.THANKS),
        ("lol ok", Courtesy.FINE),
        ("Good morning team", Courtesy.GREETING),
        ("Thanks a lot for your help!", Courtesy.THANKS),
        ("ok merci", Courtesy.THANKS),
        ("merci beaucoup, bonne journée", Courtesy.BYE),
        ("how are you?", Courtesy.HOW_ARE_YOU),
        ("Comment allez-vous ?", Courtesy.HOW_ARE_YOU),
        ("who are you?", Courtesy.WHO),
        ("Que pouvez-vous faire ?", Courtesy.WHO),
        ("ok", Courtesy.FINE),
        ("d'accord", Courtesy.FINE),
    ],
)
def test_a_message_of_nothing_else_is_a_courtesy(text: str, courtesy: Courtesy) -> None:
    assert courtesy_of(text) is courtesy


@pytest.mark.parametrize(
    "text",
    [
        "are you a real person?",
        "am I talking to a robot?",
        "Hello, are you human or a machine?",
        "you are a robot, right?",
        "tu es un robot ?",
        "C'est une vraie personne qui me répond ?",
        "est-ce que je parle à un humain ?",
        "Êtes-vous une IA ?",
    ],
)
def test_asking_for_a_bot_decides_over_a_greeting(text: str) -> None:
    assert courtesy_of(text) is Courtesy.BOT


@pytest.mark.parametrize(
    "text",
    [
        "bonjour, où est ma commande ?",
        "hello how do I reset my password",
        "ok merci mais comment faire un retour",
        "thanks, and how long does delivery take?",
        "is this a real leather sofa?",
        "Who can collect my parcel?",
        "👍",
        "",
    ],
)
def test_a_question_after_a_greeting_stays_a_question(text: str) -> None:
    assert courtesy_of(text) is None
