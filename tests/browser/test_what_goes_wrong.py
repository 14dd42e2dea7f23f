"""Nothing fails in silence: what happened and what to do is said where one looks."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, Message
from tests.browser.asking import answer, ask, look_at, online
from tests.browser.conftest import QUESTION, NewPage


def ask_for_a_person(page: Page) -> None:
    page.get_by_role("button", name="Talk to a person").click()
    page.get_by_role("button", name="Ask for a person").click()


def test_a_refused_rating_is_seen_and_the_next_thing_clears_it(new_page: NewPage) -> None:
    page = new_page()
    ask(page, QUESTION)
    helpful = answer(page).get_by_role("button", name="This answer was helpful")
    Message.objects.filter(kind="assistant").delete()
    helpful.click()
    expect(page.locator("#notice")).to_have_text("This is no longer there.")
    ask(page, "Never mind")
    expect(page.locator("#notice")).to_be_hidden()


def test_the_wish_for_a_person_survives_a_lost_connection(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    page.context.set_offline(True)
    expect(page.locator("#state")).to_have_text("Offline")
    ask_for_a_person(page)
    expect(page.get_by_role("button", name="Asking for a person…")).to_be_disabled()
    page.close()
    page.context.set_offline(False)
    again = new_page(beside=page)
    expect(again.locator("#state")).to_have_text("Waiting for a person")
    expect(again.locator(".thread").get_by_text("You asked to talk to a person")).to_have_count(1)
    assert again.evaluate("Object.keys(localStorage)") == []


def test_a_person_can_be_asked_for_again_when_the_first_has_resolved(new_page: NewPage, marie: User) -> None:
    page = new_page()
    ask(page, QUESTION)
    answer(page)
    conversation = Conversation.objects.get()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    expect(page.get_by_role("button", name="You are talking to Marie")).to_be_disabled()
    expect(page.get_by_role("button", name="Answer this again")).to_have_count(0)
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    expect(page.get_by_text("This conversation is closed. Write again to open it.")).to_be_visible()
    online(page)
    ask_for_a_person(page)
    expect(page.locator("#state")).to_have_text("Waiting for a person")
    conversation.refresh_from_db()
    assert (conversation.status, conversation.owner, conversation.assignee) == ("waiting", "person", None)


def test_staff_whose_session_has_ended_are_told_and_lose_no_note(new_page: NewPage, inbox: Page) -> None:
    customer = new_page()
    ask(customer, QUESTION)
    answer(customer)
    look_at(inbox)
    inbox.context.clear_cookies(name="sessionid")
    trouble = inbox.locator(".trouble[role=alert]")
    for lose in (True, False):  # the socket comes back, and is refused
        inbox.context.set_offline(lose)
    expect(trouble).to_contain_text("Your session has ended")
    trouble.get_by_role("button", name="Close").click()
    inbox.get_by_role("button", name="Take over").click()
    expect(trouble).to_contain_text("Your session has ended")
    expect(inbox.get_by_role("heading", name="Sign in")).to_have_count(0)
    inbox.get_by_text("Note", exact=True).click()
    ask(inbox, "Worth keeping")
    expect(inbox.get_by_label("Your message")).to_have_value("Worth keeping")
    trouble.get_by_role("link", name="Sign in again").click()
    inbox.get_by_label("Username").fill("marie")
    inbox.get_by_label("Password").fill("correct horse battery")
    inbox.get_by_role("button", name="Sign in").click()
    expect(inbox.get_by_label("Your message")).to_have_value("Worth keeping")
    expect(inbox.get_by_role("radio", name="Note")).to_be_checked()


def test_staff_are_told_when_a_request_fails(new_page: NewPage, inbox: Page) -> None:
    customer = new_page()
    ask(customer, QUESTION)
    answer(customer)
    look_at(inbox)
    inbox.context.set_offline(True)
    inbox.get_by_role("button", name="Take over").click()
    expect(inbox.locator(".trouble[role=alert]")).to_contain_text("The server could not be reached")
    inbox.context.set_offline(False)
    Conversation.objects.all().delete()
    inbox.get_by_role("button", name="Take over").click()
    expect(inbox.locator(".trouble[role=alert]")).to_contain_text("This is no longer there")
