"""Cards of an answer: stored with it, shown to both sides, and said in words where there are no cards."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import orjson
import pytest
from jsonschema import Draft202012Validator

from assistant.cards import options_of
from assistant.events import Answer, Option, Outcome, Said
from assistant.understanding import chosen_option
from conversations import cards
from conversations.answering import load
from conversations.models import Conversation, Message, Turn
from conversations.posting import record
from conversations.protocol import json_schema
from conversations.receiving import receive
from conversations.transcripts.content import transcript_of
from conversations.transcripts.writing import as_text, mail_of
from conversations.viewing import look
from flows.models import CardPicture
from flows.shown_cards import ShownButton, ShownCard
from tests.conversations.client import Client
from tests.conversations.test_cards_are_masked import CARD
from tests.conversations.transcripts import ADDRESS, asked
from tests.mailserver import MailServer

EVENTS = Draft202012Validator(json_schema()["events"], format_checker=Draft202012Validator.FORMAT_CHECKER)
LUNA = ShownCard(
    "Luna",
    "A lamp\nfor <b>tables</b>",
    (
        ShownButton("Look", link="https://shop.example/luna"),
        ShownButton("Returns", link="/help/en/1-returns/"),
        ShownButton("Take it", says="I take Luna"),
    ),
)
SOL = ShownCard("**Sol**", buttons=(ShownButton("Take it", says="I take Sol"),))


def shown(conversation: Conversation, *drawn: ShownCard, text: str = "", **more: Any) -> Message:
    """An answer with these cards, stored as answers are."""
    answer = Answer(text, Outcome.GUIDED, "en", options=options_of(drawn), cards=drawn)
    with record(conversation.pk) as writing:
        return writing.post(
            kind=Message.Kind.ASSISTANT,
            text=answer.text,
            outcome=answer.outcome,
            options=cards.as_options(answer),
            data=cards.as_data(answer),
            **more,
        )


def sight(conversation: Conversation, audience: Any = "customer") -> dict[str, Any]:
    (message,) = look(conversation.pk, audience=audience, language="en").messages
    return message


def test_they_come_with_the_answer_and_a_button_is_a_quick_reply(port: int) -> None:
    async def scenario() -> Client:
        async with Client(port) as client:
            await client.connect()
            await client.ask("offer and show cards <script>")
            await client.until(lambda: bool(client.said("assistant")))
            answer = next(m for m in client.messages.values() if m["kind"] == "assistant")
            sol = answer["cards"][1]["buttons"][0]
            choice = {"type": "choose", "client_id": str(uuid4())}
            await client.say({**choice, "message": answer["id"], "option": sol["option"]})
            await client.until(lambda: len(client.said("customer")) == 2)
            return client

    client = asyncio.run(scenario())
    assert client.said("customer")[1] == "I take Sol"
    answer = next(m for m in client.messages.values() if m["kind"] == "assistant")
    first, second = answer["cards"]
    assert (first["title"], second["title"]) == ("offer and show cards <script>", "Sol")
    assert first["buttons"] == [
        {"label": "Look", "link": "https://shop.example/lamps?q=%3Cb%3E", "option": None},
        {"label": "Yes", "link": "", "option": 2},  # not the answer's own, which is as good
    ]
    assert [option["label"] for option in answer["options"]] == ["Yes", "No", "Yes", "Take it"]
    assert "<b>**another" not in answer["html"] and "&lt;b&gt;**another**&lt;/b&gt;" in answer["html"]
    assert "<script>" not in answer["html"]
    for _, event in client.history:
        EVENTS.validate(event)


def test_what_stands_in_a_card_is_no_quick_reply_below_it(conversation: Conversation) -> None:
    shown(conversation, LUNA, SOL)
    html = sight(conversation)["html"]
    assert html.count('data-action="choose"') == 2 and 'class="options"' not in html
    assert 'href="https://shop.example/luna" target="_blank" rel="noopener noreferrer"' in html
    assert "message__body" not in html  # there are no words beside them


def test_staff_see_what_is_offered_and_cannot_choose_it(conversation: Conversation) -> None:
    shown(conversation, LUNA, text="These:")
    html = sight(conversation, "staff")["html"]
    assert "Luna" in html and "Take it" in html and "https://shop.example/luna" in html
    assert 'data-action="choose"' not in html


def test_lists_show_their_titles_until_the_customer_has_spoken(conversation: Conversation) -> None:
    shown(conversation, LUNA, SOL)
    conversation.refresh_from_db()
    assert conversation.last_words == "Luna, **Sol**"


def test_the_next_reply_knows_what_they_said(conversation: Conversation) -> None:
    shown(conversation, LUNA, text="These:")
    receive(conversation_id=conversation.pk, text="The first", client_id=uuid4())
    said = load(Turn.objects.get().pk).transcript.said[0]
    assert said.text == "These:\n\nLuna\nA lamp\nfor <b>tables</b>\n[Look] [Returns] [Take it]"
    assert [option.text for option in said.options] == ["I take Luna"]


def test_a_transcript_says_the_same_in_words(conversation: Conversation, post_office: MailServer) -> None:
    shown(conversation, LUNA, SOL, text="These:")
    text = as_text(transcript_of(conversation, time_zone="UTC"))
    told = "  These:\n\n  Luna\n  A lamp\n  for <b>tables</b>\n  Look: https://shop.example/luna\n"
    assert f"{told}  Returns: {ADDRESS}/help/en/1-returns/\n\n  **Sol**\n" in text
    conversation.refresh_from_db()
    html = mail_of(asked(conversation)).html
    assert '<a href="https://shop.example/luna">Look</a>' in html and "for &lt;b&gt;tables" in html


def test_numbers_of_payment_cards_are_masked(conversation: Conversation) -> None:
    button = ShownButton(CARD, says=f"Take {CARD}")
    leading = ShownButton("Pay", link="https://pay.example/?card=4111%201111%201111%201111&order=A1234")
    shown(conversation, ShownCard(f"Card {CARD}", f"Paid with {CARD}", (button, leading)))
    assert "4111" not in str(Message.objects.values_list("text", "options", "data"))
    assert [one["label"] for one in sight(conversation)["cards"][0]["buttons"]] == ["•••• 1111", "Pay"]
    link = sight(conversation)["cards"][0]["buttons"][1]["link"]
    assert link == "https://pay.example/?card=••••1111&order=A1234"


def test_a_picture_stands_above_and_is_put_into_words(
    conversation: Conversation, post_office: MailServer
) -> None:
    one = CardPicture.objects.create(data=b"x", media_type="image/png", width=640, height=400)
    gone = str(uuid4())
    drawn = (replace(LUNA, picture=name, alt="A <lamp>") for name in (str(one.pk), gone, "no id"))
    shown(conversation, *drawn)
    message = sight(conversation)
    first, second, third = message["cards"]
    assert first["picture"] == {
        "url": f"/pictures/{one.pk}/", "alt": "A <lamp>", "width": 640, "height": 400,
    }  # fmt: skip
    assert second["picture"] is third["picture"] is None
    assert message["html"].count("<img") == 1
    assert 'alt="A &lt;lamp&gt;" width="640" height="400"' in message["html"]
    assert "  (A <lamp>)" not in as_text(transcript_of(conversation, time_zone="UTC"))
    assert "  Picture: A <lamp>\n" in as_text(transcript_of(conversation, time_zone="UTC"))
    conversation.refresh_from_db()
    html = mail_of(asked(conversation)).html
    assert "Picture: A &lt;lamp&gt;" in html and "<img" not in html
    posted = {"type": "message.posted", "seq": 1, "message": message}
    EVENTS.validate(json.loads(orjson.dumps(posted, default=str)))


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_an_answer_without_cards_is_as_before(conversation: Conversation, audience: Any) -> None:
    shown(conversation, text="Hello")
    assert (
        sight(conversation, audience)["cards"] == [] and "deck" not in sight(conversation, audience)["html"]
    )


def test_a_reply_that_is_not_offered_any_more_is_not_drawn() -> None:
    answer = Answer("", Outcome.HANDOFF, "en", cards=(LUNA,))
    labels = [one["label"] for one in cards.as_data(answer)["cards"][0]["buttons"]]
    assert labels == ["Look", "Returns"]


@pytest.mark.parametrize(("asks", "numbered"), [({}, None), ({"asks": {"kind": "number"}}, 1)])
def test_a_number_answers_a_question_for_one_and_picks_no_card(asks: dict, numbered: int | None) -> None:
    buttons = [{"label": "Take it", "option": 1}, {"label": "See it", "link": "https://shop.example"}]
    data = {"cards": [{"title": "Luna", "text": "", "buttons": buttons}], **asks}
    options = [{"label": "None", "text": "None"}, {"label": "Take it", "text": "Luna"}]
    assert cards.numbered(options, data) == numbered
    said = Said("assistant", "How many?", tuple(Option(**one) for one in options), numbered=numbered)
    assert chosen_option("2", (said,)) == ("2" if asks else "Luna")
