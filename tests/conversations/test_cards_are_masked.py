"""The number of a payment card that a customer types is stored nowhere."""

from __future__ import annotations

from urllib.parse import unquote
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from conversations.masking import without_cards
from conversations.models import Conversation, Message
from conversations.ratings.giving import rate
from conversations.receiving import receive
from conversations.viewing import look

CARD = "4111 1111 1111 1111"


def test_what_looks_like_a_card_keeps_its_last_digits() -> None:
    assert without_cards(f"My card is {CARD}, valid.") == "My card is •••• 1111, valid."
    assert without_cards("5500005555555559 and 3782-822463-10005") == "•••• 5559 and •••• 0005"


@pytest.mark.parametrize(
    ("link", "masked"),
    [
        ("https://pay.example/?card=4111111111111111&x=1", "https://pay.example/?card=••••1111&x=1"),
        ("https://pay.example/4111-1111-1111-1111/", "https://pay.example/••••1111/"),
        ("https://pay.example/#4111+1111+1111+1111", "https://pay.example/#••••1111"),
        ("www.pay.example?n=4111%201111%201111%201111.", "www.pay.example?n=••••1111."),
        ("pay.example/?q=caf%C3%A9%204111%2D111111111111", "pay.example/?q=caf%C3%A9%20••••1111"),
        ("https://pay.example/%34111111111111111", "https://pay.example/••••1111"),
        (
            "mailto:a@b.example?subject=My+card+4111111111111111",
            "mailto:a@b.example?subject=My+card+••••1111",
        ),
        (f'[a](https://a.example/4111111111111111 "{CARD}")', '[a](https://a.example/••••1111 "•••• 1111")'),
        (f"{CARD}: https://a.example/5500005555555559", "•••• 1111: https://a.example/••••5559"),
    ],
)
def test_in_links_too(link: str, masked: str) -> None:
    assert without_cards(link) == masked


@pytest.mark.parametrize(
    "link",
    [
        "https://shop.example/orders/4111111111111112",  # the check digit is another
        "https://shop.example/orders/41111111111111110",
        "https://shop.example/?order=20261129-000123&t=1764408000000",
        "https://a.example/?iban=FR7630006000011234567890189",
        "https://a.example/a%20b+c?d=%E2%82%AC#4",
        "tel:+33612345678",
    ],
)
def test_innocent_links_stay(link: str) -> None:
    assert without_cards(f"See {link} and [this]({link}).") == f"See {link} and [this]({link})."


@given(st.text(alphabet="%+&=?/:.- 0123456789abw\u00e9", max_size=80))
def test_words_without_a_number_of_so_many_digits_stay(text: str) -> None:
    if sum(map(str.isdigit, unquote(text))) < 12:
        assert without_cards(text) == text


@pytest.mark.parametrize(
    "text",
    ["Order 4111 1111 1111 1112", "FR76 3000 6000 0112 3456 7890 189", "+33 6 12 34 56 78", "•••• 1111", ""],
)
def test_what_is_no_card_stays(text: str) -> None:
    assert without_cards(text) == text


def test_it_is_masked_before_it_is_stored_and_shown(conversation: Conversation, marie: User) -> None:
    client_id = uuid4()
    for _ in range(2):  # sent again, it is the same message
        receive(conversation_id=conversation.pk, text=f"I paid with {CARD}", client_id=client_id)
    assert Message.objects.get().text == "I paid with •••• 1111"
    conversation.refresh_from_db()
    assert conversation.last_words == "I paid with •••• 1111"
    seen = look(conversation.pk, audience="customer", language="en")
    assert "•••• 1111" in str(seen) and CARD not in str(seen)


def test_what_is_said_of_an_answer_is_masked_too(talk: Conversation) -> None:
    answer = Message.objects.filter(conversation=talk, kind="assistant").last()
    rating = rate(conversation_id=talk.pk, message_id=answer.pk, score=-1, comment=f"I gave you {CARD}!")
    assert rating.comment == "I gave you •••• 1111!"
