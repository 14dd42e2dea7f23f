"""A reply is suggested to whoever answers: used, changed, sent and dismissed by keyboard."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from conversations import handoff
from conversations.drafts.making import make
from conversations.models import Conversation, Message, ReplyDraft
from tests.browser.asking import ANSWERED, answer, ask, look_at
from tests.browser.conftest import PASSWORD, QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


def made() -> ReplyDraft:
    """What a worker would do."""
    draft = ReplyDraft.objects.filter(outcome="pending").latest("pk")
    ReplyDraft.objects.filter(pk=draft.pk).update(due_at=timezone.now())
    with ThreadPoolExecutor(1) as worker:  # playwright's loop runs in this thread
        assert worker.submit(_make, draft.pk).result()
    draft.refresh_from_db()
    return draft


def _make(draft_id: int) -> bool:
    try:
        return make(draft_id)
    finally:
        connection.close()


def asked(customer: Page, text: str, number: int) -> None:
    """The customer writes, and it is there."""
    ask(customer, text)
    expect(customer.locator("article.message--customer[data-message]")).to_have_count(number)
    while Message.objects.filter(kind="customer").count() < number:
        customer.wait_for_timeout(50)


@pytest.fixture
def customer(new_page: NewPage, marie: User) -> Page:
    """Carla's page; Marie answers her."""
    page = new_page("/")
    ask(page, "Hello")
    answer(page)
    handoff.take_over(conversation_id=Conversation.objects.get().pk, user=marie)
    return page


def test_it_is_used_changed_and_sent_by_keyboard(customer: Page, inbox: Page) -> None:
    look_at(inbox)
    expect(inbox.get_by_role("button", name="Suggest a reply")).to_be_visible()
    asked(customer, QUESTION, 2)
    expect(inbox.locator("#draft")).to_contain_text("A reply is being suggested")
    draft = made()
    card = inbox.get_by_role("region", name="Suggested reply")
    expect(card).to_contain_text("post office")
    card.locator("summary").first.focus()
    inbox.keyboard.press("Enter")
    expect(card.locator("blockquote").first).to_contain_text("Print the label")
    inbox.keyboard.press("Escape")
    expect(card.locator("blockquote").first).to_be_hidden()
    inbox.keyboard.press("u")
    expect(inbox.locator("#say")).to_be_focused()
    assert "[1]" not in inbox.locator("#say").input_value()
    inbox.keyboard.type(" Best wishes")
    inbox.keyboard.press("Enter")
    expect(card).to_be_hidden()
    expect(customer.locator("article.message--person[data-message]")).to_contain_text("Best wishes")
    draft.refresh_from_db()
    assert draft.outcome == "edited"


def test_it_is_sent_as_it_is_or_dismissed(customer: Page, inbox: Page) -> None:
    look_at(inbox)
    asked(customer, QUESTION, 2)
    first = made()
    inbox.locator("#draft-send").focus()
    inbox.keyboard.press("Enter")
    expect(customer.locator("article.message--person[data-message]")).to_contain_text("post office")
    expect(inbox.locator("#say")).to_be_focused()
    asked(customer, "How long does delivery take?", 3)
    second = made()
    inbox.locator("#draft-reason").select_option("incomplete")
    inbox.locator("#draft-dismiss").focus()
    inbox.keyboard.press("Enter")
    expect(inbox.get_by_role("button", name="Suggest a reply")).to_be_visible(timeout=ANSWERED)
    for draft in (first, second):
        draft.refresh_from_db()
    assert (first.outcome, second.outcome, second.reason) == ("accepted", "rejected", "incomplete")


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(customer: Page, new_page: NewPage, look: dict[str, object]) -> None:
    asked(customer, QUESTION, 2)
    made()
    page = new_page(f"/staff/conversations/{Conversation.objects.get().pk}/", **look)
    page.locator("[name=username]").fill("marie")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#draft-use").wait_for()
    assert_clean(page)
    expect(page.locator("#draft-use")).to_be_in_viewport()
