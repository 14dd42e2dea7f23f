"""Who takes a conversation over reads beside it what the customer wants and what was tried."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conversations.inbox.briefing import line_of
from conversations.models import Conversation, Message
from tests.browser.asking import answer, ask, look_at
from tests.browser.conftest import QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


@pytest.fixture
def opened(new_page: NewPage, inbox: Page) -> Page:
    """Of a customer who has asked for a person after an answer."""
    customer = new_page("/")
    ask(customer, QUESTION)
    answer(customer)
    customer.get_by_role("button", name="Talk to a person").click()
    customer.get_by_role("dialog").get_by_role("button", name="Ask for a person").click()
    expect(customer.locator("#state")).to_have_text("Waiting for a person")
    look_at(inbox)
    return inbox


def test_what_the_customer_wants_and_what_was_tried(opened: Page) -> None:
    told = opened.get_by_role("region", name="Handed over to a person")
    expect(told).to_contain_text("The customer asked for a person")
    expect(told.locator("blockquote")).to_have_text(QUESTION)
    told.get_by_role("link", name="Returns").click()
    expect(opened).to_have_url(re.compile("/staff/citations/"))


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(opened: Page, new_page: NewPage, look: dict[str, object]) -> None:
    line = line_of(Conversation.objects.get())
    assert line is not None
    known = {"label": {"en": "Order", "fr": "Commande"}, "value": {"en": "A1234", "fr": "A1234"}}
    summary = {"text": "The customer wants to send a parcel back.", "model": "small"}
    brief = {**line.data["brief"], "slots": [known], "tools": [{"name": "Find order", "state": "done"}]}
    data = {**line.data, "brief": brief, "summary": summary}
    Message.objects.filter(pk=line.pk).update(data=data)
    page = new_page(opened.url, storage_state=opened.context.storage_state(), **look)
    page.locator("article[data-message]").first.wait_for()
    if page.locator("[data-toggle-facts]").is_visible():
        page.locator("[data-toggle-facts]").click()
    expect(page.locator(".handed-over")).to_contain_text("A1234")
    assert_clean(page)
