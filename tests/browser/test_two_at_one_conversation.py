"""Two colleagues have one conversation open: each sees the other, and what the other writes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation
from tests.browser.asking import answer, ask, look_at
from tests.browser.conftest import PASSWORD, QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


@pytest.fixture
def customer(new_page: NewPage) -> Page:
    page = new_page("/")
    ask(page, QUESTION)
    answer(page)
    return page


@pytest.fixture
def marie_looks(customer: Page, inbox: Page) -> Page:
    look_at(inbox)
    return inbox


@pytest.fixture
def paul(new_page: NewPage, marie_looks: Page) -> Page:
    """The browser of a colleague, at the same conversation."""
    User.objects.create_user("paul", first_name="Paul", password=PASSWORD)
    page = new_page("/staff/")
    page.get_by_label("Username").fill("paul")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    look_at(page)
    return page


def test_each_sees_the_other_and_what_is_written(customer: Page, marie_looks: Page, paul: Page) -> None:
    expect(marie_looks.locator("#company")).to_have_text("Paul is looking at this")
    expect(paul.locator("#company")).to_have_text("Marie is looking at this")
    marie_looks.get_by_text("Note", exact=True).click()
    marie_looks.locator("#say").press_sequentially("careful")
    expect(paul.locator("#company")).to_have_text("Marie is writing a note…")
    marie_looks.keyboard.press("Enter")
    expect(paul.locator("#company")).to_have_text("Marie is looking at this")
    paul.locator("#say").press_sequentially("Good day")
    expect(marie_looks.locator("#company")).to_have_text("Paul is writing a reply…")
    expect(customer.locator("#thread")).to_contain_text("Paul is writing")
    expect(marie_looks.locator("#company")).to_have_text("Paul is looking at this", timeout=9_000)
    paul.goto("/staff/")
    expect(marie_looks.locator("#company")).to_be_empty()
    expect(customer.locator("body")).not_to_contain_text("looking at this")


def test_who_was_quicker_is_told_and_stays(marie_looks: Page, paul: Page) -> None:
    # Marie's page has not heard yet that Paul answers when she presses: what it saw is put back.
    paul_is = User.objects.get(username="paul")
    handoff.take_over(conversation_id=Conversation.objects.get().pk, user=paul_is)
    expect(marie_looks.locator("#head")).to_contain_text("Paul answers")
    marie_looks.evaluate("""document.getElementById("next").setAttribute("hx-vals", '{"instead_of": "0"}')""")
    marie_looks.locator("#next").click()
    told = marie_looks.locator("#quicker")
    expect(told).to_contain_text("Paul was quicker, and answers now.")
    marie_looks.evaluate("htmx.trigger('#head', 'refresh')")
    expect(marie_looks.locator("#head")).to_contain_text("Paul answers")
    expect(told).to_contain_text("Paul was quicker")
    told.get_by_role("button", name="Close").click()
    expect(told).to_be_empty()
    marie_looks.locator("#next").click()
    expect(marie_looks.locator("#head")).to_contain_text("You answer")
    expect(paul.locator("#head")).to_contain_text("Marie answers")


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(
    new_page: NewPage, marie_looks: Page, paul: Page, look: dict[str, object]
) -> None:
    address = marie_looks.url
    page = new_page(address, storage_state=marie_looks.context.storage_state(), **look)
    expect(page.locator("#company")).to_contain_text("Paul")
    assert_clean(page)
    paul.locator("#say").press_sequentially("Good day")
    expect(page.locator("#company[data-writing]")).to_be_visible()
    assert_clean(page)


def test_what_a_reply_does_to_a_colleague_is_said(customer: Page, marie_looks: Page, paul: Page) -> None:
    paul.locator("#say").fill("Good day")
    paul.keyboard.press("Enter")
    expect(marie_looks.locator("#hint")).to_have_text("Paul answers; what you send takes over.")
    # Marie's page has not heard of it yet when she sends.
    marie_looks.evaluate("""document.getElementById("head").dataset.answers = "0" """)
    marie_looks.locator("#say").fill("I am on it")
    marie_looks.keyboard.press("Enter")
    refused = marie_looks.locator(".thread__item--refused")
    expect(refused).to_contain_text("Paul answers now: this was not sent.")
    marie_looks.evaluate("htmx.trigger('#head', 'refresh')")
    expect(
        marie_looks.locator(f"#head[data-answers='{User.objects.get(username='paul').pk}']")
    ).to_be_visible()
    refused.get_by_role("button", name="Edit").click()
    expect(marie_looks.locator("#say")).to_have_value("I am on it")
    marie_looks.keyboard.press("Enter")
    expect(customer.locator("#thread")).to_contain_text("I am on it")
    expect(paul.locator("#hint")).to_have_text("Marie answers; what you send takes over.")
