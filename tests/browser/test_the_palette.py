"""Ctrl-K: somewhere else, or something done, without a hand on the mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from conversations.inbox.searching import gather_new
from conversations.models import Conversation, Label, Status
from tests.browser.asking import answer, ask, look_at
from tests.browser.conftest import QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


@pytest.fixture
def opened(new_page: NewPage, inbox: Page) -> Page:
    """One conversation, open."""
    customer = new_page("/")
    ask(customer, QUESTION)
    answer(customer)
    look_at(inbox)
    return inbox


def do(page: Page, words: str, name: str) -> None:
    """By keyboard alone, and waiting until it is chosen."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Go to, search, do")).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).to_be_hidden()


def test_everything_is_done_with_the_open_conversation(opened: Page, marie: User) -> None:
    Label.objects.create(name="Urgent", colour="red")
    opened.reload()
    opened.locator("article[data-message]").first.wait_for()
    do(opened, "urg", "Put on “Urgent”")
    expect(opened.locator(".labels__one")).to_have_text("Urgent")
    do(opened, "urg", "Take off “Urgent”")
    expect(opened.locator(".labels__one")).to_have_count(0)
    do(opened, "label", "Label")
    expect(opened.locator("#label-picker button").first).to_be_focused()
    opened.keyboard.press("Escape")
    do(opened, "to me", "Assign to me")
    expect(opened.locator("#thread")).to_contain_text("gave this to Marie")
    do(opened, "take over", "Take over")
    expect(opened.locator("#head")).to_contain_text("You answer")
    do(opened, "hand", "Hand back to Luce")
    expect(opened.locator("#head")).to_contain_text("Luce answers")
    do(opened, "hour", "Put off for an hour")
    expect(opened.get_by_role("button", name="Take up again")).to_be_visible()
    do(opened, "take up", "Take up again")
    expect(opened.locator("#put-off")).to_be_visible()
    do(opened, "note", "Write a note")
    expect(opened.locator("#say")).to_be_focused()
    expect(opened.get_by_role("radio", name="Note")).to_be_checked()
    do(opened, "resol", "Resolve")
    expect(opened.locator("#head")).to_contain_text("Resolved")
    assert Conversation.objects.get().status == Status.RESOLVED


def test_it_goes_elsewhere(opened: Page) -> None:
    do(opened, "playg", "Playground")
    expect(opened).to_have_url(re.compile("/staff/playground/"))
    gather_new()
    do(opened, "parcel", "parcel")
    expect(opened).to_have_url(re.compile("/staff/conversations/"))


def test_what_is_typed_quickly_is_what_is_done(opened: Page) -> None:
    opened.keyboard.press("Control+k")
    opened.locator("#palette [aria-selected=true]").wait_for()  # “Take over”
    opened.locator("#palette-field").press_sequentially("resolve", delay=0)
    opened.keyboard.press("Enter")
    expect(opened.locator("#head")).to_contain_text("Resolved")
    assert Conversation.objects.get().owner == "assistant"


def test_what_cannot_be_done_any_more_is_said(opened: Page, marie: User) -> None:
    opened.keyboard.press("Control+k")
    opened.locator("#palette [aria-selected=true]").wait_for()
    opened.evaluate("document.getElementById('next').remove()")
    opened.keyboard.press("Enter")
    expect(opened.locator("#trouble")).to_contain_text("cannot be done")


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_use_it(new_page: NewPage, inbox: Page, look: dict[str, object]) -> None:
    page = new_page("/staff/", storage_state=inbox.context.storage_state(), **look)
    page.locator("[data-palette]").click()
    page.locator("#palette [role=option]").first.wait_for()
    assert_clean(page)
    page.keyboard.type("nothing is called so")
    expect(page.locator("#palette-none")).not_to_be_empty()
    assert_clean(page)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
