"""An appointment is booked in a conversation of the sample company, and spoken of again as "it"."""

from __future__ import annotations

import pytest

from actions.bookings.models import Booking
from actions.bookings.moments import company_zone
from assistant.events import Option, Said
from assistant.models import Assistant, Router
from assistant.routing.alluding import alluded
from assistant.routing.asking import forget
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]
BOOK = {
    "en": ("I'd like to book a repair", "next Tuesday"),
    "fr": ("Je voudrais faire réparer ma lampe, je veux prendre rendez-vous", "mardi prochain"),
}
CARD = (
    Said("customer", "yes"),
    Said("assistant", "It is booked.", (Option("Move it", "I need to move my appointment KRHL-48273"),)),
    Said("customer", "thanks"),
    Said("assistant", "You are welcome.", (Option("Yes", "Yes"),)),
)


def booked(assistant: Assistant, language: str) -> Talk:
    """Somebody who has just booked the first free time of a Tuesday."""
    talk = Talk(assistant, language, forms=False)
    for text in BOOK[language]:
        talk.say(text)
    talk.say(talk.options[0])
    talk.say("Léa Martin")
    talk.say("lea@example.org")
    talk.say({"en": "yes", "fr": "oui"}[language])
    assert Booking.objects.get().reference in talk.last.text
    return talk


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Can I move it to the Thursday after at 4 pm?"), ("fr", "je voudrais le déplacer à jeudi 16 h")],
)
def test_it_is_moved_by_the_words_of_the_cards_button(
    assistant: Assistant, flows: None, language: str, text: str
) -> None:
    talk = booked(assistant, language)
    talk.say(text)
    assert [frame["flow"] for frame in talk.state["flow"]["frames"]] == ["change_appointment"]
    assert talk.slots["reference"] == Booking.objects.get().reference
    assert talk.slots["change"] == "move" and talk.slots["hour"] == "16:00"


def test_that_needs_nothing_that_was_learned(assistant: Assistant, flows: None) -> None:
    talk = booked(assistant, "en")
    Router.objects.all().delete()
    forget()
    talk.say("Can I move it to the Thursday after?")
    assert [frame["flow"] for frame in talk.state["flow"]["frames"]] == ["change_appointment"]


def test_who_asks_until_when_is_told_first(assistant: Assistant, flows: None) -> None:
    talk = booked(assistant, "en")
    talk.say("Until when can I move it?")
    assert not talk.state["flow"]["frames"]


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("Can I move it to Friday?", True),
        ("MOVE IT", True),
        ("Please, move it.", True),
        ("How do I move it?", False),
        ("and until when may I move it?", False),
        ("I move items", False),
        ("Yes, that is right", False),  # one word stands in many a sentence
        ("", False),
    ],
)
def test_words_allude_to_a_button_that_is_in_sight(text: str, button: bool) -> None:
    says = "I need to move my appointment KRHL-48273"
    assert alluded(text, CARD) == (says if button else "")
    assert not alluded(text, (*CARD, *CARD[2:] * 4))  # long ago


def test_an_hour_that_is_taken_is_told(assistant: Assistant, flows: None) -> None:
    booked(assistant, "en")  # by the only person who takes repairs in
    hour = f"{Booking.objects.get().starts_at.astimezone(company_zone()):%H:%M}"
    talk = Talk(assistant, forms=False)
    talk.say("I'd like to book a repair")
    answer = talk.say(f"next Tuesday at {hour}")
    assert "is not free on Tuesday" in answer and "These times are free" in answer
    assert hour not in str(talk.options)


def test_another_flow_comes_first_and_says_so(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("I'd like to book a repair")
    answer = talk.say("I want to return a lamp")
    assert answer.startswith("First: Return an item. Then we go on with: Book an appointment.")
    assert "order number" in answer
    assert "Now back to: Book an appointment." in talk.say("cancel")
