"""A conversation that was resolved is rated where it ends."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, ConversationRating
from tests.browser.asking import answer, ask, look_at
from tests.browser.conftest import QUESTION, NewPage
from tests.conversations.processes import eventually


def test_the_end_is_rated_with_the_keyboard_and_changed(new_page: NewPage, inbox: Page, marie: User) -> None:
    page = new_page()
    ask(page, QUESTION)
    answer(page)
    handoff.resolve(conversation_id=Conversation.objects.get().pk, user=marie)
    good = page.get_by_role("radio", name="4 Good")
    expect(page.get_by_label("In your words")).to_be_hidden()
    good.focus()
    page.keyboard.press("Space")
    page.get_by_label("In your words").fill("Quick")
    page.get_by_role("button", name="Send", exact=True).first.click()
    expect(page.locator(".thread").get_by_text("You rated this conversation 4 of 5")).to_be_visible()
    page.locator(".thread").get_by_text("You rated this conversation 4 of 5").click()
    page.locator(".ending .chip").nth(4).click()
    page.locator(".ending__more button").click()
    eventually(lambda: ConversationRating.objects.get().score == 5, within=10, what="the other score")
    inbox.goto("/staff/?show=resolved")
    look_at(inbox)
    expect(inbox.get_by_text("The customer rated this conversation 5 of 5: “Quick”")).to_be_visible()
