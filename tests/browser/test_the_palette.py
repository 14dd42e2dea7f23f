"""Ctrl-K: somewhere else, or something done, without a hand on the mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conversations.models import Conversation, Status
from tests.browser.asking import answer, ask
from tests.browser.conftest import QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


def test_it_goes_to_a_conversation_and_resolves_it(new_page: NewPage, inbox: Page) -> None:
    customer = new_page("/")
    ask(customer, QUESTION)
    answer(customer)
    inbox.locator(".row").first.click()
    inbox.locator("#thread [data-id]").first.wait_for()
    inbox.keyboard.press("Control+k")
    expect(inbox.get_by_role("combobox", name="Go to, search, do")).to_be_focused()
    inbox.keyboard.type("resol")
    expect(inbox.locator("#palette [aria-selected=true]")).to_contain_text("Resolve")
    inbox.keyboard.press("Enter")
    expect(inbox.locator("#head")).to_contain_text("Resolved")
    assert Conversation.objects.get().status == Status.RESOLVED
    inbox.keyboard.press("Control+k")
    inbox.keyboard.type("playg")
    expect(inbox.locator("#palette [aria-selected=true]")).to_contain_text("Playground")
    inbox.keyboard.press("Enter")
    expect(inbox).to_have_url(re.compile("/staff/playground/"))


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_use_it(new_page: NewPage, inbox: Page, look: dict[str, object]) -> None:
    page = new_page("/staff/", storage_state=inbox.context.storage_state(), **look)
    page.locator("[data-palette]").click()
    page.locator("#palette [role=option]").first.wait_for()
    assert_clean(page)
    page.keyboard.type("nothing is called so")
    expect(page.locator("#palette-none")).to_contain_text("Nothing is called")
    assert_clean(page)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
