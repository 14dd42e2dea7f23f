"""Beyond the page: all that the list shows is selected, asked about, and done in the background."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from assistant.models import Assistant
from conversations.inbox.all_of_list import doing
from conversations.inbox.all_of_list.rows import ListWork
from conversations.models import Conversation
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.conversations.inbox.test_all_of_list import begun


@pytest.fixture
def sixty(inbox: Page) -> Page:
    begun(Assistant.objects.get(), 60)
    inbox.goto("/staff/")
    expect(inbox.locator(".row")).to_have_count(50)
    return inbox


def all_selected(page: Page) -> None:
    page.locator("#rows").focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("#select-all").check()
    expect(page.locator("#whole")).to_contain_text("All 50 on this page are selected.")
    page.get_by_role("button", name="Select all 60 that this list shows").click()
    expect(page.locator("#selected")).to_have_text("60 selected")
    expect(page.locator("#select-page")).to_be_focused()


def test_all_of_a_list_is_resolved(sixty: Page) -> None:
    all_selected(sixty)
    begun(Assistant.objects.get(), 1)
    sixty.keyboard.press("e")
    dialog = sixty.get_by_role("dialog", name="Resolve 61 conversations?")
    dialog.get_by_role("button", name="Yes, do it").click()
    expect(sixty.locator("#list-work")).to_contain_text("0 of 61 conversations")
    expect(sixty.locator("#together")).to_be_hidden()
    sixty.reload()
    expect(sixty.locator("#list-work")).to_contain_text("0 of 61 conversations")
    doing.go_on(ListWork.objects.get().pk)
    expect(sixty.locator("#list-work")).to_contain_text("Done with 61 conversations.")
    expect(sixty.locator(".row")).to_have_count(0)
    expect(sixty.locator(".bell__count")).to_have_text("1")
    assert Conversation.objects.filter(status="resolved").count() == 61


def test_one_thinks_better_of_it(sixty: Page) -> None:
    all_selected(sixty)
    sixty.keyboard.press("e")
    sixty.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    sixty.get_by_role("button", name="Select only this page").click()
    expect(sixty.locator("#selected")).to_have_text("50 selected")
    expect(sixty.locator("#select-whole")).to_be_focused()
    sixty.locator("#select-whole").click()
    sixty.locator(".rows__box").nth(3).uncheck()
    expect(sixty.locator("#selected")).to_have_text("49 selected")
    sixty.locator("#together-resolve").click()
    expect(sixty.locator("#outcome")).to_contain_text("Done with 49 conversations.")
    expect(sixty.locator(".row")).to_have_count(11)
    assert not ListWork.objects.exists()


def test_it_is_stopped(sixty: Page) -> None:
    all_selected(sixty)
    sixty.keyboard.press("e")
    sixty.get_by_role("button", name="Yes, do it").click()
    expect(sixty.locator("#list-work")).to_contain_text("0 of 60 conversations")
    doing.go_on(ListWork.objects.get().pk, seconds=0)
    sixty.get_by_role("button", name="Stop", exact=True).click()
    expect(sixty.locator("#list-work")).to_contain_text("Stopped.")
    assert ListWork.objects.get().state == "cancelled"


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(sixty: Page, new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page("/staff/", storage_state=sixty.context.storage_state(), **look)
    page.locator(".rows__box").first.check()
    page.locator("#select-all").check()
    page.locator("#select-whole").click()
    assert_clean(page)
    page.locator("#together-resolve").click()
    page.locator("#sure-yes").wait_for()
    assert_clean(page)
    page.locator("#sure-yes").click()
    page.locator("#stop-list-work").wait_for()
    assert_clean(page)
