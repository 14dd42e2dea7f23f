"""From the first question to a person and back, as the customer and the staff see it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conversations.models import Rating
from tests.browser.asking import answer, ask, look_at, online
from tests.browser.conftest import QUESTION, NewPage
from tests.conversations.processes import eventually


def test_a_suggested_question_is_answered_with_its_source(new_page: NewPage) -> None:
    page = new_page()
    page.get_by_role("button", name=QUESTION).click()
    expect(answer(page)).to_contain_text("Print the label")
    page.locator(".source-chip").first.click()
    panel = page.get_by_role("dialog", name="Sources of this answer")
    expect(panel.locator("mark").first).to_be_visible()
    article = panel.get_by_role("link", name="Read the article").first
    pinned = re.compile(r"/help/en/\d+-returns/\?seen=\w+#how-to-send-it-back")
    expect(article).to_have_attribute("href", pinned)


def test_a_rating_with_its_reason_is_kept(new_page: NewPage) -> None:
    page = new_page()
    ask(page, QUESTION)
    thumb = answer(page).get_by_role("button", name="This answer was not helpful")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")  # the message was drawn again: nothing moves now
    page.get_by_text("Something is missing").click()
    page.get_by_label("In your words").fill("What about lamps?")
    page.locator(".rating").get_by_role("button", name="Send").click()
    eventually(lambda: Rating.objects.filter(comment="What about lamps?").exists(), within=5, what="rating")
    rating = Rating.objects.get()
    assert (rating.score, rating.reason) == (-1, "incomplete")


def test_a_reload_keeps_the_conversation_and_the_draft(new_page: NewPage) -> None:
    page = new_page()
    ask(page, QUESTION)
    words = answer(page).locator(".message__body").inner_text()
    page.get_by_label("Your message").fill("And what about")
    page.reload()
    assert answer(page).locator(".message__body").inner_text() == words
    expect(page.get_by_label("Your message")).to_have_value("And what about")


def test_a_person_is_asked_for_answers_and_hands_back(new_page: NewPage, inbox: Page) -> None:
    page = new_page()
    ask(page, QUESTION)
    answer(page)
    page.get_by_role("button", name="Talk to a person").click()
    page.get_by_role("button", name="Ask for a person").click()
    expect(page.locator("#state")).to_have_text("Waiting for a person")
    expect(page.locator("#kind")).to_be_hidden()
    look_at(inbox, ".row--waiting")
    expect(page.locator(".thread").get_by_text("Seen by Marie")).to_have_count(1)
    inbox.reload()
    expect(inbox.get_by_text("Marie has opened this conversation")).to_be_visible()
    ask(inbox, "Hello, Marie here.")
    expect(page.locator(".message--person")).to_contain_text("Hello, Marie here.")
    expect(page.locator("#state")).to_have_text("Marie has joined")
    expect(page.locator("#kind")).to_have_text("A person")
    expect(page.locator(".thread").get_by_text("Seen by Marie")).to_have_count(1)
    inbox.get_by_role("button", name="Hand back to Luce").click()
    online(page)
    expect(page.locator("#kind")).to_have_text("AI assistant")
    expect(page.locator(".thread").get_by_text("Marie has handed over to the assistant")).to_be_visible()
    expect(inbox.get_by_role("button", name="Take over")).to_be_visible()


def test_a_note_is_seen_by_staff_and_never_by_the_customer(new_page: NewPage, inbox: Page) -> None:
    page = new_page()
    ask(page, QUESTION)
    answer(page)
    look_at(inbox)
    inbox.get_by_text("Note", exact=True).click()
    ask(inbox, "A regular customer.")
    expect(inbox.locator(".message--note")).to_contain_text("A regular customer.")
    page.reload()
    answer(page)
    expect(page.get_by_text("A regular customer.")).to_have_count(0)


def test_staff_see_why_an_answer_is_as_it_is(new_page: NewPage, inbox: Page) -> None:
    page = new_page()
    ask(page, QUESTION)
    answer(page)
    look_at(inbox)
    inbox.get_by_text("How this answer was made").click()
    expect(inbox.get_by_role("table", name="Passages found")).to_contain_text("Returns")
