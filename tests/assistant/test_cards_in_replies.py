"""A flow's cards in a reply: beside its words, held by guardrails, known to whoever reads what was said."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from assistant.events import Outcome
from assistant.models import Assistant
from flows.models import Flow
from flows.publishing import create_flow, publish
from flows.yaml_form import from_yaml
from tests.assistant.guidance.rows import SORRY, notes, row
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]
LAMPS = """\
key: lamps
name: {en: Choose a lamp}
description: {en: The customer chooses one of our lamps.}
examples: {en: [show me your lamps, which lamps do you have, I want to choose a lamp]}
slots:
  lamp:
    kind: choice
    ask: {en: Which one?}
    choices: [{value: luna, label: {en: Luna}}, {value: sol, label: {en: Sol}}]
start: shown
nodes:
  - id: shown
    kind: say
    text: {en: Our lamps.}
    cards:
      - title: {en: Luna}
        text: {en: Gives a warm light}
        buttons:
          - {label: {en: Look at it}, link: 'https://shop.example/luna?for={customer.id}'}
          - {label: {en: Take it}, says: {en: Luna}}
      - {title: {en: Sol}, text: {en: Shines like a bomb}, buttons: [{label: {en: Take it}, says: {en: Sol}}]}
    next: lamp
  - {id: lamp, kind: ask, slot: lamp, next: done}
  - {id: done, kind: end, text: {en: 'You have chosen {lamp}.'}}
"""


@pytest.fixture
def lamps(transactional_db: None) -> None:
    published(LAMPS)


def published(text: str) -> Flow:
    flow = create_flow(from_yaml(text), author=None)
    publish(flow.pk, author=None)
    return flow


def begun(assistant: Assistant, **how: Any) -> Talk:
    talk = Talk(assistant, **how)
    talk.say("choose a lamp")
    assert talk.last is not None
    return talk


def test_cards_come_with_the_words_and_their_replies_are_options(assistant: Assistant, lamps: None) -> None:
    talk = begun(assistant, customer={"id": "c 7"})
    assert [card.title for card in talk.last.cards] == ["Luna", "Sol"]
    assert talk.last.cards[0].buttons[0].link == "https://shop.example/luna?for=c%207"
    assert [option.label for option in talk.last.options] == ["Take it", "Take it"]  # and no “Luna” below
    assert "You have chosen Sol" in talk.say(talk.last.options[1].text)


def test_a_reply_may_be_chosen_by_its_number(assistant: Assistant, lamps: None) -> None:
    assert "You have chosen Sol" in begun(assistant).say("2")


def test_what_cards_said_is_known_afterwards(assistant: Assistant, lamps: None) -> None:
    assert "Gives a warm light" in begun(assistant).said[-1].text


def test_a_card_that_breaks_a_guardrail_is_not_shown(assistant: Assistant, lamps: None) -> None:
    row("guardrail", forbidden="bomb", words=SORRY)
    answer = begun(assistant).last
    assert [card.title for card in answer.cards] == ["Luna"]
    assert [option.label for option in answer.options] == ["Sol", "Take it"]
    assert answer.text == "Our lamps.\n\nWhich one?" and notes(answer) == [("guardrail", "replaced")]
    assert "Shines like a bomb" in answer.route.guidance[0]["withheld"]


def test_an_answer_of_nothing_but_such_cards_says_something(assistant: Assistant) -> None:
    published(LAMPS.replace("    text: {en: Our lamps.}\n", "").replace("next: lamp\n", "next: ''\n", 1))
    row("guardrail", forbidden="bomb\nwarm light", words=SORRY)
    answer = begun(assistant).last
    assert answer.cards == () and answer.options == () and answer.text


def test_when_a_person_takes_over_only_links_are_left(assistant: Assistant) -> None:
    hand_off = "next: gone\n  - {id: gone, kind: handoff}\n"
    published(LAMPS.replace("next: lamp\n", hand_off, 1))
    answer = begun(assistant, customer={"id": "7"}).last
    assert answer.outcome is Outcome.HANDOFF and answer.options == ()
    assert [[button.label for button in card.buttons] for card in answer.cards] == [["Look at it"], []]


@pytest.mark.parametrize(
    ("language", "asked", "title", "line"),
    [
        ("en", "where is my order LP-2041171?", "Order LP-2041171", "Out for delivery\nExpected on "),
        ("fr", "où est ma commande LP-2041171 ?", "Commande LP-2041171", "En cours de livraison\nPrévue le "),
    ],
)
def test_the_samples_order_is_a_card_with_one_for_each_lamp(
    assistant: Assistant, flows: None, language: str, asked: str, title: str, line: str
) -> None:
    talk = Talk(assistant, language)
    assert "LP-2041171" in talk.say(asked)
    order, *lamps = talk.last.cards
    assert order.title == title and order.text.startswith(line)
    assert [lamp.title for lamp in lamps] == ["Lune, opal glass", "E27 bulb, 2700 K"]
    assert talk.last.options[0].label == order.buttons[0].label


def test_from_the_card_of_an_order_that_has_come_a_return_begins(assistant: Assistant, flows: None) -> None:
    talk = Talk(assistant)
    talk.say("where is my order LP-2041174?")
    talk.say(talk.last.options[1].text)
    assert talk.slots["order"] == "LP-2041174" and talk.last.route.steps[-1].startswith("return_item@")


def test_the_playground_shows_them_too(assistant: Assistant, lamps: None, client: Client) -> None:
    client.force_login(User.objects.create_user("grace", role=Role.AGENT))
    asked = {"question": "choose a lamp", "audience": "everyone", "before": "", "assistant": assistant.pk}
    page = client.post(reverse("assistant:try"), asked).content.decode()
    assert page.count('class="deck__card"') == 2 and 'data-action="choose"' not in page
