"""The sample company's flows, walked in replies without a model: as customers write, in both languages."""

from __future__ import annotations

import pytest

from actions.bookings.models import Booking
from actions.models import Call, Tool
from assistant.models import Assistant
from flows import standard_words
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_a_return_is_walked_to_a_shop(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    assert "order number" in talk.say("I want to return a lamp")
    assert "Why" in talk.say("it's LP-2041170")
    assert talk.options == ["It does not suit me", "It is faulty or damaged", "It is not what I ordered"]
    assert "send it or bring it" in talk.say("too big for my table")
    assert "LP-2041170 to our shop" in talk.say("I'll bring it")
    assert not talk.slots and not talk.state["flow"]["frames"]


def test_what_is_said_at_once_is_not_asked_again(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    assert "send it or bring it" in talk.say("I want to return order LP-2041170, it does not suit me")
    assert talk.slots["reason"] == "suits_not"


def test_what_was_answered_before_the_chat_is_not_asked_again(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant, told={"order": "It is LP-2041170", "reason": "who knows"})
    assert "Why" in talk.say("I want to return a lamp")
    assert talk.slots == {"order": "LP-2041170"}
    other = Talk(assistant, told={"order": "LP-2041170"})
    other.say("I want to return order LP-2041171, it does not suit me")
    assert other.slots["order"] == "LP-2041171"


def test_in_french_with_a_correction_a_digression_and_a_cancellation(
    assistant: Assistant, flows: None
) -> None:
    talk = Talk(assistant, "fr")
    assert "numéro de commande" in talk.say("Je voudrais renvoyer ma commande")
    assert "Pourquoi" in talk.say("LP-2041170")
    assert "C’est noté" in talk.say("non pardon, c'est LP-2041171")
    assert talk.slots["order"] == "LP-2041171"
    answer = talk.say("Combien de temps prend la livraison en Europe ?")
    assert "trois à cinq jours" in answer and "Revenons à" in answer and "Pourquoi" in answer
    assert talk.last.citations
    assert "j’arrête là" in talk.say("laisse tomber")
    assert not talk.slots and not talk.state["flow"]["frames"]


def test_a_question_alone_is_answered_and_offers_the_flow(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    answer = talk.say("How do I return an item?")
    assert talk.last.outcome == "answered" and "order number" not in answer


def test_nonsense_is_refused_a_limited_number_of_times(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("I want to return a lamp")
    assert "That is no order number" in talk.say("banana")
    assert "That is no order number" in talk.say("12")
    assert "somebody from our team" in talk.say("xyz")
    talk.say("yes")
    assert talk.last.outcome == "handoff" and talk.last.handoff_reason == "pending_clarification"


def test_own_words_are_said_at_once(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("I want to return a lamp")
    standard_words.save("en", {"unknown": "Nobody here knows."}, author=None)
    assert "Nobody here knows." in talk.say("What is the capital of Peru?")
    standard_words.save("en", {"unknown": standard_words.as_delivered("unknown", "en")}, author=None)
    assert "I have no answer to that in our help pages." in talk.say("What is the capital of Chile?")


def test_who_answers_every_question_with_a_question_is_never_stuck(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("I want to return a lamp")
    for question in ("Why do you ask?", "Is it open today?", "What is a lamp?"):
        assert "order number" in talk.say(question)
    talk.say("Can you sing?")
    assert talk.options == ["Go on", "Stop here", "A person"]


def test_a_person_may_be_wanted_in_the_middle(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("I want to return a lamp")
    talk.say("I want to talk to a person")
    assert talk.last.outcome == "handoff" and talk.last.handoff_reason == "customer_request"
    assert "Why" in talk.say("LP-2041170")  # handed back: it goes on where it stood


def test_a_yes_in_a_flow_is_said_to_the_flow_although_a_question_had_no_answer(
    assistant: Assistant, flows: None
) -> None:
    talk = Talk(assistant)
    talk.say("I want to return order LP-2041170, it does not suit me")
    talk.say("by post")
    talk.say("lea@example.org")
    assert "Shall I register the return" in talk.say("What is the capital of Peru?")
    assert talk.last.outcome == "declined"
    assert "RT-2041170" in talk.say("yes please")


def test_an_order_is_looked_up_by_a_tool(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    assert "order number" in talk.say("where is my order?")
    again = talk.say("lp 9999999")
    assert "find no order with the number LP-9999999" in again and "order number?" in again
    assert "LP-2041172: In preparation" in talk.say("LP-2041172")
    assert "En préparation" in Talk(assistant, "fr").say("où en est la commande LP-2041172")
    assert Call.objects.filter(conversation=talk.name).count() == 2


def test_a_service_that_is_away_is_not_taken_for_an_order_that_is_not_there(
    assistant: Assistant, flows: None
) -> None:
    Tool.objects.filter(key="find_order").update(url="https://orders.example/{number}")
    talk = Talk(assistant)
    said = talk.say("where is my order LP-2041172?")
    assert "cannot look orders up just now" in said and "find no order" not in said
    assert talk.options == ["Yes", "No"]


def test_a_return_is_registered_once_the_customer_agrees(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("I want to return order LP-2041170, it does not suit me")
    talk.say("by post")
    assert "Shall I register the return" in talk.say("lea@example.org")
    assert not Call.objects.exists()
    assert "RT-2041170" in talk.say("yes please")
    assert "done already" in talk.say("no wait, it is faulty") or not talk.slots


def test_an_appointment_is_booked_with_a_correction(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    assert "Which day" in talk.say("I'd like to book a repair")
    assert "These times are free" in talk.say("next Tuesday")
    chosen = talk.options[0]
    assert "Noted" in talk.say("actually, Wednesday would be better")
    assert talk.options and talk.options[0] != chosen
    assert "your name" in talk.say(talk.options[0])
    talk.say("Léa Martin")
    assert "Shall I book it?" in talk.say("lea@example.org")
    assert "It is booked" in talk.say("yes")
    booking = Booking.objects.get()
    assert (booking.name, booking.email) == ("Léa Martin", "lea@example.org")
    assert booking.reference in talk.last.text
