"""Tabs, lost networks and new conversations."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.asking import ANSWERED, answer, ask, online
from tests.browser.conftest import QUESTION, NewPage


def test_two_tabs_show_the_same_conversation(new_page: NewPage) -> None:
    one = new_page()
    online(one)
    other = new_page(beside=one)
    online(other)
    ask(one, QUESTION)
    assert answer(other).inner_text() == answer(one).inner_text()


def test_a_new_conversation_begins_in_every_tab(new_page: NewPage) -> None:
    one = new_page()
    ask(one, QUESTION)
    answer(one)
    other = new_page(beside=one)
    answer(other)
    one.get_by_role("button", name="New conversation").click()
    for page in (one, other):
        expect(page.locator(".thread > li")).to_have_count(0)
        expect(page.get_by_role("button", name=QUESTION)).to_be_visible()


def test_what_is_written_without_a_network_is_sent_when_it_is_back(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    page.context.set_offline(True)
    expect(page.locator("#state")).to_have_text("Offline")
    ask(page, QUESTION)
    expect(page.get_by_text("Waiting for connection")).to_be_visible()
    page.context.set_offline(False)
    answer(page)
    expect(page.locator(".message--customer")).to_have_count(1)


@pytest.mark.parametrize(
    ("browser", "clock"),
    # English is Britain’s, but for a browser that asks for America’s.
    [("en-GB", r"[012]\d:\d\d"), ("en-US", r"1?\d:\d\d\s[AP]M"), ("de-DE", r"[012]\d:\d\d")],
)
def test_times_are_written_as_the_browser_writes_the_language_of_the_page(
    new_page: NewPage, browser: str, clock: str
) -> None:
    page = new_page(locale=browser)
    ask(page, QUESTION)
    answer(page)
    expect(page.locator(".message--customer time").first).to_have_text(re.compile(rf"^\s*(?:{clock})\s*$"))


def test_a_message_waiting_for_the_network_survives_a_reload(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    page.context.set_offline(True)
    expect(page.locator("#state")).to_have_text("Offline")
    ask(page, QUESTION)
    page.context.set_offline(False)
    page.reload()
    answer(page)
    expect(page.locator(".message--customer")).to_have_count(1, timeout=ANSWERED)
