"""A message that asks several things is answered thing by thing."""

import pytest

from assistant.asking import ask
from assistant.events import Outcome
from assistant.models import Assistant
from assistant.parts import split_questions
from assistant.phrases import say

articles = pytest.mark.usefixtures("articles")
database = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What is your return policy? Do you repair old lamps?", 2),
        ("Vous livrez en Suisse ? Quels sont les frais de douane ?", 2),
        ("Hello. My lamp flickers at night. Can I return it for money? Who pays the return label?", 2),
        ("Is it broken? The glass has a crack.", 1),
        ("Do you deliver to Belgium? How much?", 1),
        ("How much? And how long?", 1),
        ("Why does https://shop.example/track?order=1 not work?", 1),
        ("I would like to return my lamp", 1),
        ("", 1),
    ],
)
def test_a_message_is_split_where_questions_end(text: str, parts: int) -> None:
    language = "fr" if "Suisse" in text else "en"
    assert len(split_questions(text, language)) == parts


def test_nothing_of_the_message_is_lost() -> None:
    text = "My lamp flickers at night. Can I return the lamp? Who pays the return label? I live in Lyon."
    assert " ".join(split_questions(text, "en")) == text


@database
@articles
def test_each_question_has_its_answer_with_its_own_numbers(assistant: Assistant) -> None:
    text = "How long does delivery in Europe take? When does the money arrive for a parcel I return?"
    answer = ask(assistant, text).answer
    assert answer.outcome is Outcome.ANSWERED
    assert "three to five working days" in answer.text and "refund the way you paid" in answer.text
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert [citation.external_id for citation in answer.citations] == ["delivery", "returns"]
    assert "[1]" in answer.text and "[2]" in answer.text
    assert answer.route is not None and answer.route.reasons[0] == "several_questions"


@database
@articles
def test_a_question_without_an_answer_is_named_and_a_person_offered(assistant: Assistant) -> None:
    unknown = "What is the boiling point of mercury?"
    answer = ask(assistant, f"How long does delivery in Europe take? {unknown}").answer
    assert answer.outcome is Outcome.ANSWERED
    assert "three to five working days" in answer.text
    assert say("part_declined", "en", question=unknown) in answer.text
    assert [option.text for option in answer.options] == [say("person_text", "en")]


@database
@articles
def test_when_none_has_an_answer_it_is_declined_once(assistant: Assistant) -> None:
    answer = ask(assistant, "What is the boiling point of mercury? Who painted the Mona Lisa?").answer
    assert answer.outcome is Outcome.DECLINED
    assert answer.text == say("declined", "en")
