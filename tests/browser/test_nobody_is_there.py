"""A person is wanted while nobody is there: a message is left, and the assistant goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from conversations.models import Conversation, LeftMessage
from tests.browser.asking import ANSWERED, answer, ask, look_at, online
from tests.browser.conftest import QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_keyboard import tab_to
from tests.conversations.hours.conftest import ALWAYS, set_hours

CLOSED_DAYS = {"2020-01-01": {"name": "", "hours": []}}
MONDAYS = [[["09:00", "09:01"]], [], [], [], [], [], []]


@pytest.fixture
def away(db: None) -> None:
    """But for a minute a week."""
    set_hours(MONDAYS, time_zone="Asia/Tokyo", days=CLOSED_DAYS)


def form(page: Page) -> object:
    return page.locator(".thread > [data-newest] form.chat-form")


def ask_for_a_person(page: Page) -> None:
    page.locator("#person").click()
    page.locator("#person-ask").click()


def test_a_message_is_left_by_keyboard_and_the_assistant_goes_on(new_page: NewPage, away: None) -> None:
    page = new_page("/", timezone_id="America/New_York")
    online(page)
    tab_to(page, "#person", most=60)
    page.keyboard.press("Enter")
    dialog = page.locator("#person-dialog")
    expect(dialog).to_contain_text("Nobody is here just now. We are back on Monday")
    expect(dialog).to_contain_text("(Time zone: Asia/Tokyo)")
    expect(dialog.get_by_role("button", name="Leave a message")).to_be_visible()
    tab_to(page, "#person-ask", most=10)
    page.keyboard.press("Enter")
    expect(page.locator(".message--assistant").last).to_contain_text(
        "Time zone: Asia/Tokyo", timeout=ANSWERED
    )
    tab_to(page, ".chat-form [name=name]", most=60)
    page.keyboard.type("Ann")
    tab_to(page, ".chat-form [name=email]", most=3)
    page.keyboard.type("ann@")
    page.keyboard.press("Enter")
    expect(page.locator(".chat-form [name=email]")).to_be_focused()
    expect(page.locator(".chat-form")).to_contain_text("This is not a complete e-mail address.")
    page.locator(".chat-form [name=email]").fill("ann@left.example")
    page.locator(".chat-form [name=message]").fill("My lamp flickers.")
    page.locator(".chat-form").get_by_role("button", name="Send").click()
    expect(page.locator(".event-line")).to_contain_text("You have left a message", timeout=ANSWERED)
    assert LeftMessage.objects.get().email == "ann@left.example"
    expect(page.locator("#person")).to_be_enabled()
    ask(page, QUESTION)
    expect(answer(page)).not_to_contain_text("Nobody is here", timeout=ANSWERED)
    assert Conversation.objects.get().owner == "assistant"


def test_staff_find_it_in_its_place(new_page: NewPage, inbox: Page, away: None) -> None:
    page = new_page()
    online(page)
    ask_for_a_person(page)
    page.locator(".chat-form [name=email]").fill("ann@left.example")
    page.locator(".chat-form [name=message]").fill("My lamp flickers.")
    page.locator(".chat-form").get_by_role("button", name="Send").click()
    expect(inbox.locator(".row--waiting")).to_contain_text("Left a message", timeout=ANSWERED)
    look_at(inbox, ".row--waiting")
    expect(inbox.locator("#context")).to_contain_text("ann@left.example")
    expect(inbox.locator(".thread")).to_contain_text("replies also go to ann@left.example")


def test_in_hours_it_says_so_and_a_person_is_brought_in(new_page: NewPage, db: None) -> None:
    set_hours(ALWAYS)
    page = new_page()
    online(page)
    page.locator("#person").click()
    expect(page.locator("#person-dialog").get_by_role("button", name="Ask for a person")).to_be_visible()
    page.locator("#person-ask").click()
    expect(page.locator("#state")).to_have_text("Waiting for a person", timeout=ANSWERED)


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, away: None, look: dict[str, object]) -> None:
    page = new_page("/", **look)
    page.locator("#state-dot[data-state=online]").wait_for()
    page.locator("#person").click()
    assert_clean(page)
    page.locator("#person-ask").click()
    page.locator(".chat-form").wait_for(timeout=ANSWERED)
    assert_clean(page)
