"""The link of a mail opens one conversation in any browser, at the press of a button, for thirty days."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Assistant
from conversations import tokens
from conversations.models import Conversation, Customer
from conversations.tokens import make_link, make_token, read_link, read_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(conversation: Conversation) -> Conversation:
    """Carla's, with something said in it, and not her latest."""
    Conversation.objects.filter(pk=conversation.pk).update(last_message_at=timezone.now())
    later = {"customer": conversation.customer, "assistant": conversation.assistant}
    Conversation.objects.create(**later, last_message_at=timezone.now())
    return conversation


def address(conversation: Conversation) -> str:
    return f"/chat/link/{make_link(conversation.pk)}/"


def session(browser: Client, **wanted: Any) -> str:
    """Which conversation its chat page opens."""
    answer = browser.post("/chat/session/", wanted, content_type="application/json").json()
    grant = read_token(answer["token"])
    assert grant and str(grant.conversation) == answer["conversation"]
    return str(answer["conversation"])


def test_looking_changes_nothing_and_the_button_opens_it(mine: Conversation) -> None:
    browser = Client()
    page = browser.get(address(mine))
    assert page.status_code == 200 and "Open my conversation" in page.text
    assert not page.cookies.get("opened") and Customer.objects.count() == 1
    assert browser.head(address(mine)).status_code == 200 and session(browser) != str(mine.pk)
    opened = browser.post(address(mine))
    assert opened["Location"] == "/chat/ada/" and opened.cookies["opened"]["httponly"]
    assert session(browser) == session(browser, assistant="ada") == str(mine.pk)


def test_a_page_elsewhere_cannot_press_it(mine: Conversation) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(address(mine)).status_code == 403


def test_it_opens_that_conversation_and_nothing_else_of_its_customer(mine: Conversation) -> None:
    browser = Client()
    browser.post(address(mine))
    other = Conversation.objects.exclude(pk=mine.pk).get()
    assert browser.get(f"/chat/transcripts/{mine.pk}/").status_code == 200
    assert browser.get(f"/chat/transcripts/{other.pk}/").status_code == 404
    another = Assistant.objects.create(name="Bob", slug="bob")
    assert session(browser, assistant=another.slug) not in {str(mine.pk), str(other.pk)}
    assert tokens.COOKIE not in Client().post(address(mine)).cookies


def test_what_is_ones_own_in_that_browser_stays(mine: Conversation) -> None:
    browser = Client()
    own = session(browser)
    customer = browser.cookies["customer"].value
    browser.post(address(mine))
    assert session(browser) == str(mine.pk)
    assert signing.TimestampSigner(salt="conversations.customer").unsign(
        browser.cookies["customer"].value
    ) == signing.TimestampSigner(salt="conversations.customer").unsign(customer)
    assert session(browser, new=True) == own  # which is empty still
    assert session(browser) == own


def test_after_thirty_days_it_says_that_it_is_over(
    mine: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, where = Client(), address(mine)
    browser.post(where)
    assert session(browser) == str(mine.pk)
    past = timezone.now() + timedelta(days=30, seconds=5)
    monkeypatch.setattr("django.core.signing.time.time", past.timestamp)
    for page in (browser.get(where), browser.post(where)):
        assert page.status_code == 410 and "This link is over" in page.text
    assert session(browser) != str(mine.pk)
    assert browser.get(f"/chat/transcripts/{mine.pk}/").status_code == 404


def test_of_what_is_deleted_it_says_so(mine: Conversation) -> None:
    where = address(mine)
    mine.delete()
    page = Client().get(where)
    assert page.status_code == 410 and "This conversation is no longer there" in page.text


@given(st.text(max_size=200))
def test_no_other_words_open_anything(said: str) -> None:
    assert read_link(said) is None


def test_what_is_signed_for_something_else_opens_nothing(mine: Conversation) -> None:
    token = make_token(conversation=mine.pk, customer=mine.customer_id, language="en")
    assert read_link(token) is None and read_token(make_link(mine.pk)) is None
    browser = Client()
    browser.cookies["opened"] = token
    assert session(browser) != str(mine.pk)
    for forged in (token, make_link(mine.pk)[:-1], str(mine.pk)):
        assert browser.get(f"/chat/link/{forged}/").status_code == 404
        assert browser.post(f"/chat/link/{forged}/").status_code == 404


def test_it_fits_into_an_address(mine: Conversation) -> None:
    assert re.fullmatch(r"[\w.:-]{60,140}", make_link(mine.pk))
