"""A conversation opens at the message that a link names, however far back it stands, and marks it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from conversations.models import Conversation, Message
from conversations.posting import record
from tests.browser.asking import ANSWERED
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_scrolling_back import FRAME, long_conversation

SOUGHT = ".thread__item--sought"
# Whether what is marked stands within the frame.
IN_VIEW = f"""() => {{
  const item = document.querySelector("{SOUGHT}"), frame = document.querySelector("{FRAME}");
  if (!item) return false;
  const [one, all] = [item.getBoundingClientRect(), frame.getBoundingClientRect()];
  return one.top >= all.top - 1 && one.bottom <= all.bottom + 1;
}}"""


@pytest.fixture
def talk(new_page: NewPage) -> Conversation:
    long_conversation(new_page())
    return Conversation.objects.latest("created_at")


def answer(talk: Conversation, number: int) -> Message:
    return list(talk.messages.filter(kind="assistant").order_by("seq"))[number]


def address(talk: Conversation, pk: int) -> str:
    return f"/staff/conversations/{talk.pk}/#message-{pk}"


def test_an_old_message_is_fetched_and_shown(talk: Conversation, inbox: Page) -> None:
    first = answer(talk, 0)
    inbox.goto(address(talk, first.pk))
    inbox.wait_for_function(IN_VIEW, timeout=ANSWERED)
    expect(inbox.locator(f"{SOUGHT} [data-message='{first.pk}']")).to_be_focused()
    expect(inbox.locator(SOUGHT)).to_have_count(0)  # after a moment
    inbox.wait_for_timeout(300)
    box = inbox.locator(f"[data-message='{first.pk}']").bounding_box()
    frame = inbox.locator(FRAME).bounding_box()
    assert box and frame and frame["y"] - 1 <= box["y"] <= frame["y"] + frame["height"]  # it stays there


def test_another_message_of_the_same_conversation(talk: Conversation, inbox: Page) -> None:
    inbox.goto(address(talk, answer(talk, -2).pk))
    inbox.wait_for_function(IN_VIEW, timeout=ANSWERED)
    second = answer(talk, 5)
    inbox.evaluate(f"location.hash = '#message-{second.pk}'")
    expect(inbox.locator(f"{SOUGHT} [data-message='{second.pk}']")).to_be_visible(timeout=ANSWERED)


def test_what_is_not_there_any_more_leaves_one_at_the_end(talk: Conversation, inbox: Page) -> None:
    inbox.goto(address(talk, 999_999_999))
    expect(inbox.locator("#announcer")).to_contain_text("not here any more", timeout=ANSWERED)
    expect(inbox.locator(FRAME).get_by_text("question 60", exact=True)).to_be_in_viewport()


def test_a_mention_opens_at_its_note(talk: Conversation, inbox: Page) -> None:
    with record(talk.pk) as writing:
        note = writing.post(kind=Message.Kind.NOTE, text="Look here")
    inbox.goto(address(talk, note.pk))
    expect(inbox.locator(f"{SOUGHT} [data-message='{note.pk}']")).to_contain_text("Look here")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_everyone_can_read_it(
    talk: Conversation, inbox: Page, new_page: NewPage, look: dict[str, object]
) -> None:
    page = new_page(address(talk, answer(talk, -2).pk), storage_state=inbox.context.storage_state(), **look)
    expect(page.locator(SOUGHT)).to_be_visible(timeout=ANSWERED)
    assert_clean(page)
