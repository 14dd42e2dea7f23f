"""The bell of the staff's pages: live, aloud where the browser may, and how one is told."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assistant.models import Assistant
from conversations import handoff
from conversations.models import Conversation, Customer, Message, Notification
from conversations.posting import record
from conversations.receiving import receive
from tests.browser.asking import ANSWERED
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean

NOTES = """() => {
    window.said = [];
    window.Notification = class { constructor(words) { window.said.push(words); } close() {} };
    window.Notification.permission = "granted";
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
}"""


def talk(name: str = "Carla") -> Conversation:
    customer = Customer.objects.create(name=name)
    found = Conversation.objects.create(assistant=Assistant.objects.get(slug="luce"), customer=customer)
    with record(found.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text="hello")
    return found


def elsewhere(inbox: Page) -> Page:
    """A page of the staff's that shows no list."""
    inbox.goto(inbox.url.split("/staff/")[0] + "/staff/replies/")
    expect(inbox.locator("#bell details")).to_be_visible(timeout=ANSWERED)
    return inbox


def test_it_rings_on_every_page_and_leads_there(inbox: Page, marie: User) -> None:
    page = elsewhere(inbox)
    page.evaluate(NOTES)
    page.wait_for_timeout(1_500)  # the socket is open
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    expect(page.locator(".bell__count")).to_have_text("1", timeout=ANSWERED)
    page.wait_for_function("() => window.said.join() === 'Carla waits for a person'", timeout=ANSWERED)
    page.locator("#bell summary").click()
    page.get_by_role("button", name="Carla waits for a person").click()
    expect(page.locator("#who")).to_have_text("Carla", timeout=ANSWERED)
    expect(page.locator("#bell details")).to_have_attribute("data-count", "")


def test_what_is_open_in_front_of_one_is_seen(inbox: Page, marie: User) -> None:
    conversation = talk()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    page = elsewhere(inbox)
    receive(conversation_id=conversation.pk, text="Still there?", client_id=uuid4())
    page.reload()
    expect(page.locator(".bell__count")).to_have_text("1", timeout=ANSWERED)
    page.goto(page.url.replace("/replies/", f"/conversations/{conversation.pk}/"))
    expect(page.locator("#bell details")).to_have_attribute("data-count", "", timeout=ANSWERED)


def test_all_can_be_marked_and_the_menu_stays_open(inbox: Page, marie: User) -> None:
    for name in ("Carla", "Bruno"):
        handoff.request_person(conversation_id=talk(name).pk)
    page = elsewhere(inbox)
    expect(page.locator(".bell__count")).to_have_text("2", timeout=ANSWERED)
    page.locator("#bell summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".bell__none")).to_be_visible(timeout=ANSWERED)
    assert not Notification.objects.filter(user=marie, seen_at=None).exists()


def test_how_one_is_told_is_chosen(inbox: Page, marie: User) -> None:
    page = elsewhere(inbox)
    page.goto(page.url.replace("/replies/", "/notifications/"))
    page.get_by_role("group", name="A customer answers me").get_by_label("By e-mail").select_option("daily")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".flash")).to_contain_text("saved")
    chosen = page.get_by_role("group", name="A customer answers me").get_by_label("By e-mail")
    expect(chosen).to_have_value("daily")
    page.get_by_role("button", name="Close this message").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
@pytest.mark.parametrize("path", ["/staff/notifications/", "/staff/hours/"])
def test_everyone_can_read_it(new_page: NewPage, shop: str, look: dict[str, object], path: str) -> None:
    User.objects.create_superuser("ed", password="correct horse battery", role="admin")
    handoff.request_person(conversation_id=talk().pk)
    page = new_page(f"/staff/sign-in/?next={path}", **look)
    page.locator("[name=username]").fill("ed")
    page.locator("[name=password]").fill("correct horse battery")
    page.keyboard.press("Enter")
    page.locator(".replies__title").wait_for(timeout=ANSWERED)
    page.locator("#bell details").wait_for(state="attached", timeout=ANSWERED)
    assert_clean(page)
