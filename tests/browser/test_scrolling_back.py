"""A long conversation: its end is there at once, what came before is fetched without losing the place."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conversations.models import Conversation
from tests.browser.asking import ANSWERED, look_at, online
from tests.browser.conftest import NewPage
from tests.conversations.test_long_conversations import answer_many

FRAME = "#thread-frame"
# In one go, because what comes next moves it: where the first question stands once one has scrolled up.
GO_UP = """frame => {
  frame.scrollTo(0, 0);
  return frame.querySelector(".message--customer .message__body").getBoundingClientRect().top;
}"""


def long_conversation(page: Page, answers: int = 60) -> None:
    online(page)
    answer_many(Conversation.objects.latest("created_at").pk, answers)
    page.reload()
    expect(page.get_by_text(f"question {answers}", exact=True)).to_be_visible(timeout=ANSWERED)


def top_of(page: Page, words: str) -> float:
    body = page.locator(".message__body", has_text=re.compile(f"^{words}$"))
    return float(body.evaluate("body => body.getBoundingClientRect().top"))


def first_question(page: Page) -> str:
    return page.locator(".message--customer .message__body").first.inner_text()


def test_scrolling_up_brings_earlier_messages_and_keeps_the_place(new_page: NewPage) -> None:
    page = new_page()
    long_conversation(page)
    first = first_question(page)
    assert first != "question 1"
    before = page.locator(FRAME).evaluate(GO_UP)
    page.wait_for_function(
        "words => document.querySelector('.message--customer .message__body').innerText !== words", arg=first
    )
    assert abs(top_of(page, first) - before) < 3


def test_everything_can_be_read_back_to_the_beginning_with_the_keyboard(new_page: NewPage) -> None:
    page = new_page()
    long_conversation(page)
    earlier = page.get_by_role("button", name="Show earlier messages")
    for _ in range(20):
        if not earlier.count():
            break
        shown = page.locator("[data-message]").count()
        earlier.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('[data-message]').length > n", arg=shown)
    assert first_question(page) == "question 1"
    expect(page.locator("article[data-message]")).to_have_count(120)
    expect(page.locator(FRAME)).to_be_focused()


def test_staff_read_back_as_customers_do(new_page: NewPage, inbox: Page) -> None:
    customer = new_page()
    long_conversation(customer)
    look_at(inbox)
    shown = inbox.locator("article[data-message]").count()
    inbox.locator(FRAME).evaluate("frame => frame.scrollTo(0, 0)")
    inbox.wait_for_function("n => document.querySelectorAll('article[data-message]').length > n", arg=shown)
