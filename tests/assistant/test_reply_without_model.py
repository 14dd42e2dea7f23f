"""Without a model an answer is quoted, with its source, or honestly not given."""

import asyncio
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from assistant.asking import ask
from assistant.events import Answer, Completed, HandoffReason, Option, Outcome, Said, Transcript
from assistant.handoff import asks_for_a_person
from assistant.models import Assistant
from assistant.phrases import say
from assistant.reply import reply
from llm.clients import close_clients
from tests.knowledge.articles import searchable

pytestmark = pytest.mark.django_db(transaction=True)
knowing = pytest.mark.usefixtures("articles")


def completed(assistant: Assistant, transcript: Transcript, state: dict[str, Any]) -> Answer:
    """The reply with the state that an earlier answer left."""

    async def run() -> Answer:
        events = [event async for event in reply(assistant, transcript, state)]
        await close_clients()
        last = events[-1]
        assert isinstance(last, Completed)
        return last.answer

    return asyncio.run(run())


@knowing
def test_a_question_is_answered_by_a_quote_with_its_source(assistant: Assistant) -> None:
    answer = ask(assistant, "How long does delivery in Europe take?").answer
    assert answer.outcome is Outcome.ANSWERED
    assert "three to five working days" in answer.text
    assert "[1]" in answer.text
    assert answer.citations[0].external_id == "delivery"
    assert answer.citations[0].url.endswith("#how-long-it-takes")
    assert answer.route is not None and answer.route.passages and answer.route.floor is not None


@knowing
def test_a_french_question_gets_the_french_article(assistant: Assistant) -> None:
    answer = ask(assistant, "Combien de temps prend la livraison en Europe ?").answer
    assert (answer.language, answer.citations[0].external_id) == ("fr", "livraison")
    assert "trois à cinq jours" in answer.text


@knowing
def test_the_last_question_is_answered_again_in_the_language_that_is_asked_for(assistant: Assistant) -> None:
    before = (Said("customer", "How long does delivery in Europe take?"), Said("assistant", "3 to 5 days."))
    answer = ask(assistant, "et en français ?", before).answer
    assert (answer.outcome, answer.language) == (Outcome.ANSWERED, "fr")
    assert answer.text.startswith(say("other_language", "fr", language="")[:8])
    assert answer.route is not None and answer.route.query == "How long does delivery in Europe take?"


def test_asking_for_a_language_at_first_is_greeted_in_it(assistant: Assistant) -> None:
    assert ask(assistant, "français ?").answer.text == say("greeting", "fr")


def test_an_article_in_another_language_is_quoted_and_said_to_be_so(assistant: Assistant) -> None:
    searchable("Returns", external_id="returns", language="en")
    answer = ask(assistant, "Comment renvoyer un article et quand serai-je remboursé ?").answer
    assert answer.outcome is Outcome.ANSWERED
    assert answer.citations[0].language == "en"
    assert answer.text.startswith(say("other_language", "fr", language="")[:8])


@knowing
def test_a_question_about_something_else_is_declined_with_an_offer(assistant: Assistant) -> None:
    answer = ask(assistant, "what is the boiling point of mercury?").answer
    assert answer.outcome is Outcome.DECLINED, answer.route
    assert [option.text for option in answer.options] == [say("person_text", "en")]
    assert answer.citations == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_offer_of_a_person_is_understood_when_it_is_chosen(language: str) -> None:
    assert asks_for_a_person(say("person_text", language))


@pytest.mark.parametrize("yes", ["yes please", "OK", "Sure, go ahead", "oui merci", "je veux bien"])
def test_yes_after_the_offer_brings_in_a_person_and_says_what_was_missing(
    assistant: Assistant, yes: str
) -> None:
    before = (Said("customer", "steam engine?"), Said("assistant", "Sorry.", outcome="declined"))
    answer = ask(assistant, yes, before).answer
    assert (answer.outcome, answer.handoff_reason) == (Outcome.HANDOFF, HandoffReason.MISSING_KNOWLEDGE)


def test_choosing_the_offer_says_what_was_missing_too(assistant: Assistant) -> None:
    declined = ask(assistant, "Can you give me legal advice?").answer
    assert declined.outcome is Outcome.DECLINED
    offer = Said("assistant", declined.text, options=declined.options, outcome=declined.outcome)
    before = (Said("customer", "Can you give me legal advice?"), offer)
    newest = Said("customer", declined.options[0].text)
    answer = completed(assistant, Transcript((*before, newest)), declined.state)
    assert answer.handoff_reason is HandoffReason.UNSUPPORTED_REQUEST


@pytest.mark.parametrize("no", ["no", "no thanks", "non merci", "never mind"])
def test_no_after_the_offer_is_taken_as_no(assistant: Assistant, no: str) -> None:
    before = (Said("customer", "steam engine?"), Said("assistant", "Sorry.", outcome="declined"))
    answer = ask(assistant, no, before).answer
    assert answer.route is not None and answer.route.kind == "small_talk"


def test_yes_to_nothing_brings_in_nobody(assistant: Assistant) -> None:
    before = (Said("customer", "hello"), Said("assistant", "Hello!", outcome="answered"))
    assert ask(assistant, "yes please", before).answer.outcome is not Outcome.HANDOFF


@knowing
def test_the_second_time_in_a_row_a_person_is_offered_more_plainly(assistant: Assistant) -> None:
    first = ask(assistant, "what is the boiling point of mercury?").answer
    before = (Said("customer", "boiling?"), Said("assistant", first.text, outcome=first.outcome))
    second = ask(assistant, "what is the melting point of tungsten?", before).answer
    assert (first.outcome, second.outcome) == (Outcome.DECLINED, Outcome.DECLINED)
    assert (first.text, second.text) == (say("declined", "en"), say("declined_again", "en"))


def test_asking_for_a_person_is_a_handoff_with_its_reason(assistant: Assistant) -> None:
    answer = ask(assistant, "Passez-moi un conseiller").answer
    assert (answer.outcome, answer.handoff_reason) == (Outcome.HANDOFF, HandoffReason.CUSTOMER_REQUEST)
    assert answer.language == "fr"


def test_asking_for_a_bot_is_answered_plainly(assistant: Assistant) -> None:
    answer = ask(assistant, "are you a robot?").answer
    assert answer.outcome is Outcome.ANSWERED
    assert "not a person" in answer.text


def test_what_is_out_of_scope_is_declined_without_a_search(assistant: Assistant) -> None:
    answer = ask(assistant, "Can you give me legal advice about a return?").answer
    assert answer.outcome is Outcome.DECLINED
    assert answer.route is not None and answer.route.passages == ()


@knowing
def test_a_follow_up_is_read_with_what_was_said_before(assistant: Assistant) -> None:
    before = (Said("customer", "How do I return what I bought?"), Said("assistant", "Within thirty days."))
    answer = ask(assistant, "and when does the money arrive?", before).answer
    assert answer.outcome is Outcome.ANSWERED
    assert "five working days" in answer.text


def test_a_message_without_a_topic_is_asked_back_but_not_twice(assistant: Assistant) -> None:
    assert ask(assistant, "how?").answer.outcome is Outcome.ASKED_BACK
    before = (Said("customer", "how?"), Said("assistant", "Could you say more?", outcome="asked_back"))
    assert ask(assistant, "how?", before).answer.outcome is not Outcome.ASKED_BACK


@knowing
def test_a_number_picks_the_quick_reply_that_stands_there(assistant: Assistant) -> None:
    options = (Option("Returns", "Returns"), Option("Delivery", "Delivery time in Europe"))
    before = (Said("customer", "time"), Said("assistant", "Which?", options=options, outcome="asked_back"))
    assert ask(assistant, "2", before).answer.citations[0].external_id == "delivery"


@knowing
def test_without_vectors_words_alone_find_the_answer(assistant: Assistant, settings: Settings) -> None:
    settings.EMBEDDING_BASE_URL = "http://127.0.0.1:9/v1"
    answer = ask(assistant, "How long does delivery in Europe take, by courier?").answer
    assert answer.route is not None and answer.route.degraded == "embedding_unavailable"
    assert answer.citations[0].external_id == "delivery"
