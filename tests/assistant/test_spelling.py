"""A slip of the pen is read as the word that was meant, and said to be; a real word is left alone."""

import pytest

from assistant.asking import ask
from assistant.events import Outcome
from assistant.models import Assistant
from assistant.phrases import say
from knowledge.spelling import corrected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("articles")]


@pytest.mark.parametrize(
    ("question", "language", "meant"),
    [
        ("How long does delviery take?", "en", "How long does delivery take?"),
        ("How long does delivry take?", "en", "How long does delivery take?"),
        ("When does my parcle leave?", "en", "When does my parcel leave?"),
        ("Where is my parcl?", "en", "Where is my parcel?"),
        ("Combien de temps prend la livraisson ?", "fr", "Combien de temps prend la livraison ?"),
    ],
)
def test_a_slip_is_mended_with_a_word_of_the_articles(question: str, language: str, meant: str) -> None:
    assert corrected(question, language, None) == meant


@pytest.mark.parametrize(
    "question",
    [
        "How long does delivery take?",
        "Is there a postal strike in Mongolia?",  # nothing is one slip away
        "Does a lamb need a parcels office?",  # "lamb" is a word
        "Où est votre trade ?",  # a short word of another language that is spoken here
        "They aren't here",  # not "area"
        "I keep getting the wrong mail",
        "Order 48213, v2",
    ],
)
def test_other_words_are_left_alone(question: str) -> None:
    assert corrected(question, "en", None) == question


def test_another_assistants_articles_teach_no_words() -> None:
    assert corrected("How long does delivry take?", "en", frozenset({0})) == "How long does delivry take?"


def test_the_answer_says_how_the_question_was_read(assistant: Assistant) -> None:
    answer = ask(assistant, "How long is delvery in Europe by courrier?").answer
    assert answer.outcome is Outcome.ANSWERED
    read_as = "How long is delivery in Europe by courier?"
    assert answer.text.startswith(say("read_as", "en", question=read_as))
    assert answer.route is not None and answer.route.query == read_as
    assert "slip_mended" in answer.route.reasons
