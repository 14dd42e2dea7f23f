"""What is asked before the chat: answered by keyboard, passed over, kept over reloads and tunnels."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from assistant.models import Assistant, Welcome
from conversations.models import Conversation, Customer, Introduction, Message
from tests.browser.asking import ANSWERED, answer, ask, look_at, online
from tests.browser.conftest import QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_forms_in_the_chat import DEAF
from tests.browser.test_keyboard import tab_to
from tests.conversations.introducing.conftest import asks, asks_everything
from tests.conversations.processes import eventually

ABOVE = "So that we can answer you. [Privacy notice](https://shop.example/privacy)"
FORM = "#introduction form.chat-form"


@pytest.fixture
def required(shop: str) -> None:
    asks_everything(Assistant.objects.get())
    Welcome.objects.update(introduction=ABOVE)
    Welcome.objects.create(
        assistant=Assistant.objects.get(), language="fr", greeting="Bonjour ! Comment puis-je vous aider ?",
        suggestions="Comment renvoyer un colis ?", introduction="Pour pouvoir vous répondre.",
    )  # fmt: skip


@pytest.fixture
def optional(required: None) -> None:
    Assistant.objects.get().introduction.update(required=False)


def field(page: Page, name: str) -> Locator:
    return page.locator(f"{FORM} [name={name}]")


def said() -> list[str]:
    return list(Message.objects.filter(kind="customer").order_by("seq").values_list("text", flat=True))


def kept(count: int = 1) -> None:
    """Wait until the server has it."""
    eventually(lambda: Introduction.objects.count() == count, within=30, what="the answers")


def test_it_is_answered_by_keyboard_and_the_message_goes_by_itself(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    expect(page.locator(FORM)).to_be_visible()
    expect(page.get_by_role("link", name="Privacy notice")).to_have_attribute(
        "href", "https://shop.example/privacy"
    )
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator(f"{FORM} [data-skip]")).to_have_count(0)
    expect(field(page, "name")).to_have_attribute("autocomplete", "name")
    expect(field(page, "email")).to_have_attribute("autocomplete", "email")
    tab_to(page, "#say")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    email = field(page, "email")
    expect(email).to_be_focused()
    expect(email).to_have_accessible_description("This is needed.")
    expect(page.locator("#notice")).to_have_text(
        "Please answer the questions first. What you have written is kept."
    )
    expect(page.locator("#say")).to_have_value(QUESTION)
    assert said() == []
    page.keyboard.type("ann@")
    page.keyboard.press("Enter")
    expect(email).to_be_focused()
    expect(email).to_have_accessible_description("This is not a complete e-mail address.")
    page.keyboard.type("left.example")
    page.keyboard.press("Enter")
    answer(page)
    assert said() == [QUESTION]
    assert Customer.objects.get().email == "ann@left.example"
    expect(page.locator(FORM)).to_have_count(0)
    expect(page.locator("#notice")).to_be_hidden()
    page.reload()
    online(page)
    expect(page.locator("#introduction")).to_be_hidden()


def test_after_the_answers_one_goes_on_writing(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    field(page, "email").fill("ann@left.example")
    page.locator(f"{FORM} label", has_text="A parcel").click()
    page.locator(FORM).get_by_role("button", name="Continue").click()
    expect(page.locator("#say")).to_be_focused()
    expect(page.locator("#suggestions")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("Thank you. Now write your question.")
    page.locator("#suggestions button").click()
    answer(page)
    assert Introduction.objects.get().answers[0]["value"] == "A parcel"
    page.locator("#transcript").click()
    if page.locator("#transcript-email").count():
        expect(page.locator("#transcript-email")).to_have_value("ann@left.example")
    page.keyboard.press("Escape")
    page.locator("#new-conversation").click()
    expect(page.locator("article[data-message]")).to_have_count(0, timeout=ANSWERED)
    online(page)
    expect(page.locator(FORM)).to_have_count(0)


def test_what_can_be_passed_over_never_stands_in_the_way(new_page: NewPage, optional: None) -> None:
    page = new_page()
    online(page)
    expect(page.locator(FORM)).to_be_visible()
    expect(page.locator("#suggestions")).to_be_visible()
    page.locator(FORM).get_by_role("button", name="Skip").click()
    expect(page.locator("#introduction")).to_be_hidden()
    expect(page.locator("#say")).to_be_focused()
    kept()
    page.reload()
    online(page)
    expect(page.locator("#suggestions")).to_be_visible()
    expect(page.locator("#introduction")).to_be_hidden()


def test_a_message_takes_along_what_was_filled_in(new_page: NewPage, optional: None) -> None:
    page = new_page()
    online(page)
    field(page, "order").fill("A1234")
    ask(page, QUESTION)
    answer(page)
    assert Introduction.objects.get().answers[0]["value"] == "A1234"
    expect(page.locator("#introduction")).to_be_hidden()
    another = new_page()
    online(another)
    field(another, "email").fill("ann@")
    ask(another, "Half an address keeps nobody back")
    expect(another.locator(".message--customer")).to_be_visible(timeout=ANSWERED)
    expect(field(another, "email")).to_have_value("ann@")


def test_it_survives_a_reload_and_another_language(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    field(page, "name").fill("Ann")
    page.locator(f"{FORM} label", has_text="A lamp").click()
    page.locator("#say").fill("My lamp flickers")
    page.reload()
    expect(field(page, "name")).to_have_value("Ann", timeout=ANSWERED)
    expect(page.locator("#say")).to_have_value("My lamp flickers")
    page.context.set_extra_http_headers({"Accept-Language": "fr"})
    page.reload()
    expect(page.locator(f"{FORM} label", has_text="Une lampe").locator("input")).to_be_checked(
        timeout=ANSWERED
    )
    expect(field(page, "name")).to_have_value("Ann")


def test_it_is_sent_once_after_a_tunnel_and_before_the_message(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    field(page, "email").fill("ann@left.example")
    page.context.set_offline(True)
    expect(page.locator("#state")).not_to_have_text("Online", timeout=ANSWERED)
    field(page, "email").press("Enter")
    expect(page.locator("#introduction")).to_be_hidden()
    ask(page, QUESTION)
    expect(page.locator(".thread__item--pending")).to_contain_text(QUESTION)
    page.context.set_offline(False)
    answer(page)
    assert (Introduction.objects.count(), said()) == (1, [QUESTION])


def test_what_was_not_sent_before_a_reload_is_sent_after_it(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    page.evaluate(DEAF)
    field(page, "email").fill("ann@left.example")
    field(page, "email").press("Enter")
    expect(page.locator("#introduction")).to_be_hidden()
    page.reload()
    online(page)
    kept()
    expect(page.locator("#introduction")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':introduction:'))") == []


def test_what_the_server_refuses_is_said_beside_its_field(new_page: NewPage, required: None) -> None:
    """A browser takes this for an address."""
    page = new_page()
    online(page)
    field(page, "email").fill("ann@localhost")
    field(page, "email").press("Enter")
    email = field(page, "email")
    expect(email).to_be_focused(timeout=ANSWERED)
    expect(email).to_have_value("ann@localhost")
    expect(email).to_have_accessible_description("We cannot send mail to this address. Please check it.")
    assert_clean(page)


def test_a_page_that_was_open_before_they_were_added_asks_them(new_page: NewPage, shop: str) -> None:
    page = new_page()
    online(page)
    asks(Assistant.objects.get(), "email", required=True)
    ask(page, QUESTION)
    expect(field(page, "email")).to_be_visible(timeout=ANSWERED)
    expect(page.locator("#say")).to_have_value(QUESTION)
    expect(page.locator("#notice")).to_contain_text("Please answer the questions first.")
    field(page, "email").fill("ann@left.example")
    field(page, "email").press("Enter")
    answer(page)
    assert said() == [QUESTION]


def test_a_person_comes_after_the_answers_too(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    page.locator("#person").click()
    expect(field(page, "email")).to_be_focused()
    expect(page.locator("#person-dialog")).to_be_hidden()
    field(page, "email").fill("ann@left.example")
    page.locator("#person").click()
    page.locator("#person-ask").click()
    expect(page.locator("#state")).to_have_text("Waiting for a person", timeout=ANSWERED)
    assert Customer.objects.get().email == "ann@left.example"


def test_one_that_another_tab_has_answered_is_not_asked_any_more(new_page: NewPage, required: None) -> None:
    page = new_page()
    online(page)
    other = new_page(beside=page)
    online(other)
    field(page, "email").fill("ann@left.example")
    field(page, "email").press("Enter")
    kept()
    field(other, "email").fill("bob@left.example")
    field(other, "email").press("Enter")
    expect(other.locator("#suggestions")).to_be_visible(timeout=ANSWERED)
    expect(other.locator(FORM)).to_have_count(0, timeout=ANSWERED)
    assert Customer.objects.get().email == "ann@left.example"


def test_staff_read_the_answers(new_page: NewPage, required: None, inbox: Page) -> None:
    page = new_page()
    online(page)
    field(page, "email").fill("ann@left.example")
    field(page, "order").fill("A1234")
    field(page, "order").press("Enter")
    ask(page, QUESTION)
    answer(page)
    look_at(inbox)
    expect(inbox.locator("#context")).to_contain_text("Asked before the chat")
    expect(inbox.locator("#context")).to_contain_text("A1234")
    expect(inbox.locator("#context")).to_contain_text("ann@left.example")


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, required: None, look: dict[str, object]) -> None:
    page = new_page("/", **look)
    page.locator("#state-dot[data-state=online]").wait_for()
    page.locator(FORM).wait_for()
    assert_clean(page)
    page.locator(f"{FORM} button[type=submit]").click()
    assert_clean(page)
    outer = page.locator(FORM).bounding_box()
    assert outer and outer["x"] + outer["width"] <= page.viewport_size["width"]


def slowly(route: Route) -> None:
    time.sleep(0.8)
    route.continue_()


def test_nothing_that_stands_there_moves_for_it(new_page: NewPage, required: None) -> None:
    """While the session is asked for, and when the form has come."""
    page = new_page("/healthz")
    page.route("**/chat/session/", slowly)
    page.goto("/")
    before = page.locator("#greeting").bounding_box()
    expect(page.locator("#suggestions")).to_be_hidden()
    page.locator(FORM).wait_for()
    assert page.locator("#greeting").bounding_box() == before
    assert Conversation.objects.count() == 1


def test_what_is_missing_is_in_view_on_a_telephone(new_page: NewPage, required: None) -> None:
    page = new_page("/", viewport={"width": 320, "height": 640})
    page.locator(FORM).wait_for()
    ask(page, QUESTION)
    expect(field(page, "email")).to_be_focused()
    expect(page.locator(FORM).get_by_text("This is needed.")).to_be_in_viewport(ratio=1)
    expect(page.locator("#notice")).to_be_in_viewport(ratio=1)
