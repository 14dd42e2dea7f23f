"""The inbox by keyboard and by mouse: rows, selections, views, and what is done with one conversation."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Label, Message, SavedView
from conversations.posting import record
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import ARRIVED, LOOKS, assert_clean


def talk(name: str) -> Conversation:
    customer = Customer.objects.create(name=name)
    found = Conversation.objects.create(assistant=Assistant.objects.get(), customer=customer)
    with record(found.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text=f"hello from {name}")
    return found


@pytest.fixture
def three(inbox: Page) -> Page:
    """Carla, Bruno and Ada, the newest first."""
    Label.objects.create(name="Urgent", colour="red")
    for name in ("Ada", "Bruno", "Carla"):
        talk(name)
    inbox.goto("/staff/")
    expect(inbox.locator(".row")).to_have_count(3)
    return inbox


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.querySelector('.row__who')?.textContent ?? ''"))


def test_rows_by_keyboard(three: Page) -> None:
    three.keyboard.press("j")
    assert focused(three) == "Carla"
    three.keyboard.press("j")
    three.keyboard.press("ArrowDown")
    three.keyboard.press("k")
    assert focused(three) == "Bruno"
    three.keyboard.press("/")
    three.keyboard.type("jx?")
    expect(three.locator("#q")).to_have_value("jx?")
    expect(three.locator("#keys")).to_be_hidden()
    three.locator("#q").fill("")
    expect(three.locator(".row")).to_have_count(3)
    three.locator("#rows").focus()
    three.keyboard.press("?")
    expect(three.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    three.keyboard.press("Escape")
    three.keyboard.press("j")
    three.keyboard.press("o")
    expect(three.locator("#who")).to_have_text("Carla")


def test_many_are_labelled_and_resolved_together(three: Page) -> None:
    for key in "jxjx":
        three.keyboard.press(key)
    expect(three.locator("#selected")).to_have_text("2 selected")
    three.keyboard.press("l")
    three.get_by_role("button", name="Put on “Urgent”").click()
    expect(three.locator("#outcome")).to_have_text("Done with 2 conversations.")
    expect(three.locator(".row .label")).to_have_count(2)
    expect(three.locator(".rows__box:checked")).to_have_count(2)
    talk("Denis")
    expect(three.locator(".row")).to_have_count(4)
    expect(three.locator(".rows__box:checked")).to_have_count(2)
    three.locator("#select-all").check()
    expect(three.locator("#selected")).to_have_text("4 selected")
    three.locator("#rows .row").first.focus()
    three.keyboard.press("e")
    expect(three.locator(".row")).to_have_count(0)
    expect(three.locator("#together")).to_be_hidden()
    assert Conversation.objects.filter(status="resolved").count() == 4


def test_one_conversation_by_keyboard(three: Page, marie: User) -> None:
    three.locator(".row").first.click()
    expect(three.locator("article[data-message]").first).to_be_visible()
    three.keyboard.press("l")
    three.keyboard.press("Enter")
    expect(three.locator(".context .label")).to_have_text("Urgent")
    three.locator("#rows").focus()
    three.keyboard.press("a")
    expect(three.locator("#assign")).to_be_focused()
    three.locator("#assign").select_option(label="Marie (me)")
    expect(three.locator("#thread")).to_contain_text("gave this to Marie")
    three.evaluate(ARRIVED)  # the state beside it is drawn anew
    three.locator("#rows").focus()
    three.keyboard.press("h")
    three.keyboard.press("Enter")
    expect(three.get_by_role("button", name="Take up again")).to_be_visible()
    three.get_by_role("button", name="Take up again").click()
    expect(three.locator("#put-off")).to_be_visible()
    three.locator("#rows").focus()
    three.keyboard.press("n")
    expect(three.get_by_role("radio", name="Note")).to_be_checked()
    expect(three.locator("#say")).to_be_focused()
    three.keyboard.type("ett")
    expect(three.locator("#say")).to_have_value("ett")
    three.locator("#rows").focus()
    three.keyboard.press("t")
    expect(three.get_by_text("You answer")).to_be_visible()
    found = Conversation.objects.get(customer__name="Carla")
    assert (found.assignee, found.status) == (marie, "open")


def test_what_one_does_another_sees_at_once(three: Page, new_page: NewPage) -> None:
    three.locator(".row").first.click()
    other = new_page("/staff/", beside=three)
    other.locator(".row").first.click()
    expect(other.locator("article[data-message]").first).to_be_visible()
    three.locator("#label-picker summary").click()
    three.locator("#label-picker button").click()
    expect(other.locator(".context .label")).to_have_text("Urgent")


def test_a_filter_is_kept_as_a_view(three: Page) -> None:
    label = Label.objects.get()
    Conversation.objects.get(customer__name="Ada").labels.add(label)
    three.get_by_text("Filters").click()
    three.get_by_role("checkbox", name="Urgent").check()
    expect(three.locator(".row")).to_have_count(1)
    expect(three.locator("#narrowed")).to_have_text("1")
    assert f"labels={label.pk}" in three.url
    three.locator("#more-views summary").click()
    three.get_by_role("button", name="Save this view…").click()
    three.get_by_label("Name").fill("Urgent ones")
    three.get_by_role("button", name="Save", exact=True).click()
    expect(three.locator("#more-views-title")).to_have_text("Urgent ones")
    assert SavedView.objects.get().query == f"labels={label.pk}"
    three.get_by_role("link", name="Label: Urgent").click()
    expect(three.locator(".row")).to_have_count(3)


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(three: Page, new_page: NewPage, look: dict[str, object]) -> None:
    Conversation.objects.get(customer__name="Ada").labels.add(Label.objects.get())
    page = new_page("/staff/?order=newest", storage_state=three.context.storage_state(), **look)
    page.locator("#more-views summary").click()
    assert_clean(page)
    page.keyboard.press("Escape")
    page.locator("#filters summary").click()
    page.locator("#filter-order").wait_for()
    assert_clean(page)
    page.locator("#filters summary").click()
    page.locator(".rows__box").first.check()
    page.locator("#together-label summary").click()
    assert_clean(page)
    page.goto("/staff/")
    page.locator("#rows").focus()
    page.keyboard.press("?")
    assert_clean(page)
    page.keyboard.press("Escape")
    page.locator(".row").last.click()
    page.locator("article[data-message]").first.wait_for()
    page.locator("#put-off summary").click()
    assert_clean(page)
