"""Staff try their own chat page in the next tab: what they write there is a customer's, and stays one."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conversations.models import Conversation, Message
from tests.browser.asking import answer, ask, look_at, online
from tests.browser.conftest import QUESTION, NewPage


def kinds() -> list[str]:
    return list(Message.objects.exclude(kind="event").values_list("kind", flat=True))


def test_what_a_customer_has_not_sent_is_never_sent_or_shown_as_staff(new_page: NewPage, inbox: Page) -> None:
    customer = new_page("/", beside=inbox)
    ask(customer, QUESTION)
    answer(customer)
    customer.context.set_offline(True)
    expect(customer.locator("#state")).to_have_text("Offline")
    ask(customer, "And how long does it take?")
    customer.get_by_label("Your message").fill("Half a thought")
    customer.close()
    inbox.context.set_offline(False)
    look_at(inbox)
    expect(inbox.get_by_label("Your message")).to_have_value("")
    expect(inbox.locator(".thread__item--pending")).to_have_count(0)
    assert kinds() == ["customer", "assistant"]
    again = new_page("/", beside=inbox)
    expect(again.get_by_label("Your message")).to_have_value("Half a thought")
    expect(again.locator(".message--customer[data-message]")).to_have_count(2)
    assert "person" not in kinds()
    assert Conversation.objects.get().owner == "assistant"


def test_a_note_that_is_half_written_is_still_a_note_after_a_reload(new_page: NewPage, inbox: Page) -> None:
    customer = new_page()
    ask(customer, QUESTION)
    answer(customer)
    look_at(inbox)
    inbox.get_by_text("Note", exact=True).click()
    inbox.get_by_label("Your message").fill("Not for the customer")
    inbox.reload()
    expect(inbox.get_by_label("Your message")).to_have_value("Not for the customer")
    expect(inbox.get_by_role("radio", name="Note")).to_be_checked()


def test_what_two_tabs_write_without_a_network_is_all_kept(new_page: NewPage) -> None:
    one = new_page()
    online(one)
    other = new_page(beside=one)
    online(other)
    one.context.set_offline(True)
    for page, words in ((one, "From the first tab"), (other, "From the second tab")):
        expect(page.locator("#state")).to_have_text("Offline")
        ask(page, words)
    context = one.context
    one.close()
    other.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/")
    for words in ("From the first tab", "From the second tab"):
        sent = page.locator(".message--customer[data-message]", has_text=words)
        expect(sent).to_have_count(1)
