"""Whoever left a message opens the conversation out of a mail, in a browser that knows nothing of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conversations.models import Conversation, Message
from conversations.posting import record
from conversations.tokens import make_link
from tests.browser.asking import ANSWERED, online
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_working_in_the_inbox import talk


@pytest.fixture
def answered(shop: str) -> Conversation:
    found = talk("Ann")
    with record(found.pk) as writing:
        writing.post(kind=Message.Kind.PERSON, text="Try another bulb.")
    return found


def test_it_opens_there_and_one_answers(new_page: NewPage, answered: Conversation) -> None:
    page = new_page("/")
    online(page)
    page.goto(f"/chat/link/{make_link(answered.pk)}/")
    page.get_by_role("button", name="Open my conversation").click()
    online(page)
    expect(page.locator("#thread")).to_contain_text("Try another bulb.")
    page.locator("#say").fill("It works now")
    page.keyboard.press("Enter")
    expect(page.locator("article[data-message]", has_text="It works now")).to_be_visible(timeout=ANSWERED)
    assert answered.messages.filter(kind="customer", text="It works now").exists()


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, answered: Conversation, look: dict[str, object]) -> None:
    address = f"/chat/link/{make_link(answered.pk)}/"
    page = new_page(address, **look)
    assert_clean(page)
    answered.delete()
    page.goto(address)
    assert_clean(page)
