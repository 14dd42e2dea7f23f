"""What a person does on the chat page, in a few words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

ANSWERED = 45_000  # a machine that does three things at once takes its time


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def answer(page: Page) -> Locator:
    """The newest finished answer, waited for."""
    message = page.locator("article.message--assistant[data-message]").last
    expect(message).to_be_visible(timeout=ANSWERED)
    return message


def online(page: Page) -> None:
    expect(page.locator("#state")).to_have_text("Online", timeout=ANSWERED)


def look_at(inbox: Page, row: str = ".row") -> None:
    """Open the first conversation of the list, and wait until it is shown."""
    inbox.locator(row).first.click(timeout=ANSWERED)
    expect(inbox.locator("article[data-message]").first).to_be_visible(timeout=ANSWERED)
