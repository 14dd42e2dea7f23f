"""A form in the chat: filled in by keyboard, refused in part, kept over reloads and tunnels, sent once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.models import Assistant
from conversations.models import Attachment, Message
from flows.graph import Graph
from flows.publishing import create_flow, publish
from tests.browser.asking import ANSWERED, answer, ask, online
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_keyboard import tab_to
from tests.browser.test_sending_files import arrived, attach
from tests.conversations.files import PDF, photo
from tests.flows.shop import CONTACT, flow

BEGIN = "Leave your details"
WRITTEN = {
    "name": "Ann",
    "email": "ann@example.org",
    "phone": "06 12 34 56 78",
    "when": "2030-12-01T15:00",
    "hour": "09:30",
    "many": "7",
    "story": "Once",
}
DEAF = "() => { WebSocket.prototype.send = () => {}; }"  # the server does not hear what is said


def all_kinds() -> Graph:
    """The form with a field of every sort."""
    choices = [{"value": name, "label": {"en": name.title(), "fr": name.title()}} for name in "abcde"]
    more: dict[str, dict[str, object]] = {
        "phone": {"kind": "phone"},
        "when": {"kind": "moment", "future": True},
        "hour": {"kind": "time"},
        "many": {"kind": "number", "most": 9},
        "sure": {"kind": "yes_no"},
        "way": {"kind": "choice", "choices": choices[:2]},
        "topic": {"kind": "choice", "choices": choices},
        "story": {"kind": "text", "most": 900},
    }
    given = flow(CONTACT).model_dump(mode="json", by_alias=True)
    for name, slot in more.items():
        label = {"en": f"The {name} with quite a long name", "fr": f"Le champ {name} au nom assez long"}
        given["slots"][name] = {**slot, "label": label, "ask": label}
    form = next(node for node in given["nodes"] if node["id"] == "details")
    form.update(slots=["name", "email", *more], optional=[*more])
    return Graph.model_validate(given)


def published(graph: Graph) -> None:
    publish(create_flow(graph, author=None).pk, author=None)


@pytest.fixture
def carla(new_page: NewPage) -> Page:
    published(flow(CONTACT))
    page = new_page()
    online(page)
    ask(page, BEGIN)
    expect(form(page)).to_be_visible(timeout=ANSWERED)
    return page


def form(page: Page) -> Locator:
    return page.locator(".thread > [data-newest] form.chat-form")


def field(page: Page, name: str) -> Locator:
    return form(page).locator(f"[name={name}]")


def thanked(page: Page) -> None:
    expect(page.locator(".message__body", has_text="Thank you, Ann")).to_be_visible(timeout=ANSWERED)


def sent() -> list[str]:
    return list(Message.objects.filter(kind="customer").order_by("seq").values_list("text", flat=True))


def test_it_is_filled_in_by_keyboard(carla: Page) -> None:
    expect(field(carla, "email")).to_have_attribute("type", "email")
    expect(field(carla, "email")).to_have_attribute("autocomplete", "email")
    tab_to(carla, ".chat-form [name=name]", most=60)
    carla.keyboard.press("Enter")
    expect(form(carla)).to_contain_text("This is needed.")
    expect(field(carla, "name")).to_be_focused()
    carla.keyboard.type("Ann")
    expect(field(carla, "name")).not_to_have_attribute("aria-invalid", "true")
    carla.keyboard.press("Tab")
    carla.keyboard.type("ann@example.org")
    carla.keyboard.press("Enter")
    thanked(carla)
    expect(carla.locator(".message--customer", has_text="Name: Ann")).to_be_visible()
    expect(form(carla)).to_have_count(0)
    assert sent() == [BEGIN, "Name: Ann\nE-mail: ann@example.org"]


def test_what_is_refused_is_said_beside_its_field(carla: Page) -> None:
    field(carla, "name").fill("Ann")
    field(carla, "email").fill("ann at")
    form(carla).get_by_role("button", name="Send").click()
    expect(field(carla, "email")).to_be_focused(timeout=ANSWERED)
    expect(field(carla, "email")).to_have_value("ann at")
    expect(field(carla, "email")).to_have_accessible_description(
        "An e-mail address looks like ann@example.org."
    )
    expect(field(carla, "name")).to_have_count(0)
    expect(carla.locator("form.chat-form:visible")).to_have_count(1)
    field(carla, "email").fill("ann@example.org")
    carla.keyboard.press("Enter")
    thanked(carla)


def test_all_mistakes_are_marked_at_once(carla: Page) -> None:
    """What is missing, half a date, and beside them an address that only looks wrong."""
    field(carla, "email").fill("ann at")
    field(carla, "day").press_sequentially("12")
    form(carla).get_by_role("button", name="Send").click()
    expect(field(carla, "name")).to_be_focused()
    marked = {"name": "This is needed.", "email": "This is not a complete e-mail address."}
    marked["day"] = "This is incomplete. Give all of it, or empty the field."
    for name, words in marked.items():
        expect(field(carla, name)).to_have_accessible_description(words)
        expect(field(carla, name)).to_have_attribute("aria-invalid", "true")
    field(carla, "name").fill("Ann")
    expect(field(carla, "name")).to_have_accessible_description("")
    field(carla, "day").fill("2030-12-01")
    assert_clean(carla)
    carla.keyboard.press("Enter")  # what only looks wrong is for the server to judge
    expect(field(carla, "email")).to_have_accessible_description(
        "An e-mail address looks like ann@example.org.", timeout=ANSWERED
    )
    assert sent()[1:] == ["Name: Ann\nE-mail: ann at\nDay: Sunday 1 December 2030"]


def test_a_file_is_kept_and_the_form_stays(carla: Page) -> None:
    field(carla, "name").fill("Ann")
    attach(carla, "invoice.pdf", PDF, "application/pdf")
    arrived(carla)
    carla.locator("#composer").get_by_role("button", name="Send", exact=True).click()
    expect(answer(carla)).to_contain_text("I have kept your file for our team", timeout=ANSWERED)
    expect(field(carla, "name")).to_have_value("Ann")
    attach(carla, "lamp.jpg", photo())
    arrived(carla)
    field(carla, "email").fill("ann@example.org")
    carla.keyboard.press("Enter")
    thanked(carla)
    expect(carla.locator(".tray__file")).to_have_count(1)  # not sent yet, and not lost
    assert set(Attachment.objects.values_list("name", flat=True)) == {"invoice.pdf", "lamp.jpg"}
    assert Message.objects.get(attachments__name="invoice.pdf").kind == "customer"


def test_words_do_as_well(carla: Page) -> None:
    ask(carla, "Ann, ann@example.org")
    expect(answer(carla).get_by_role("button", name="Skip")).to_be_visible(timeout=ANSWERED)
    expect(form(carla)).to_have_count(0)
    carla.get_by_role("button", name="Skip").click()
    thanked(carla)


def test_what_is_typed_survives_a_reload_and_a_new_drawing(carla: Page) -> None:
    field(carla, "name").fill("Ann")
    field(carla, "day").fill("2030-12-01")
    carla.reload()
    expect(field(carla, "name")).to_have_value("Ann", timeout=ANSWERED)
    expect(field(carla, "day")).to_have_value("2030-12-01")
    carla.locator("[data-newest] [data-action=rate]").first.click()
    expect(carla.locator("[data-newest] [data-action=rate][aria-pressed=true]")).to_be_visible()
    field(carla, "email").focus()
    expect(field(carla, "name")).to_have_value("Ann")


def test_what_is_typed_survives_a_question_in_between(carla: Page) -> None:
    field(carla, "name").fill("Ann")
    ask(carla, "How do I send a parcel back?")
    expect(carla.locator("form.chat-form")).to_have_count(2, timeout=ANSWERED)
    expect(field(carla, "name")).to_have_value("Ann")
    ask(carla, "forget it")
    expect(form(carla)).to_have_count(0, timeout=ANSWERED)
    expect(carla.locator(".thread > [data-newest][data-kind=assistant]")).to_have_count(1, timeout=ANSWERED)
    assert carla.evaluate("Object.keys(localStorage).filter((key) => key.includes(':form:'))") == []


def test_it_is_sent_once_after_a_tunnel(carla: Page) -> None:
    field(carla, "name").fill("Ann")
    field(carla, "email").fill("ann@example.org")
    carla.context.set_offline(True)
    expect(carla.locator("#state")).not_to_have_text("Online", timeout=ANSWERED)
    carla.keyboard.press("Enter")
    expect(carla.locator(".thread__item--pending")).to_contain_text("Name: Ann")
    expect(form(carla)).to_be_hidden()
    carla.context.set_offline(False)
    thanked(carla)
    assert sent()[1:] == ["Name: Ann\nE-mail: ann@example.org"]


def test_what_was_not_sent_before_a_reload_is_sent_after_it(carla: Page) -> None:
    field(carla, "name").fill("Ann")
    field(carla, "email").fill("ann@example.org")
    carla.evaluate(DEAF)
    carla.keyboard.press("Enter")
    expect(carla.locator(".thread__item--pending")).to_contain_text("Name: Ann")
    carla.reload()
    thanked(carla)
    assert sent()[1:] == ["Name: Ann\nE-mail: ann@example.org"]


def test_one_that_another_tab_has_sent_is_refused_politely(carla: Page, new_page: NewPage) -> None:
    other = new_page(beside=carla)
    expect(form(other)).to_be_visible(timeout=ANSWERED)
    other.evaluate(DEAF)
    field(other, "name").fill("Bob")
    field(other, "email").fill("bob@example.org")
    form(other).get_by_role("button", name="Send").click()
    field(carla, "name").fill("Ann")
    field(carla, "email").fill("ann@example.org")
    form(carla).get_by_role("button", name="Send").click()
    thanked(carla)
    other.reload()
    refused = other.locator(".thread__item--refused")
    expect(refused).to_contain_text("This form is not asked for any more.", timeout=ANSWERED)
    refused.get_by_role("button", name="Edit").click()
    expect(other.get_by_label("Your message")).to_have_value("Name: Bob\nE-mail: bob@example.org")
    assert len(sent()) == 2


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_use_every_field(new_page: NewPage, look: dict[str, object]) -> None:
    Assistant.objects.update(languages=["en", "fr"])
    published(all_kinds())
    page = new_page(**look)
    page.locator("#state-dot[data-state=online]").wait_for()
    page.locator("#say").fill("Leave your details" if "locale" not in look else "Laisser ses coordonnées")
    page.keyboard.press("Enter")
    expect(form(page)).to_be_visible(timeout=ANSWERED)
    kinds = (
        form(page).locator("input:not([type=radio])").evaluate_all("(all) => all.map((each) => each.type)")
    )
    assert kinds == ["text", "email", "tel", "datetime-local", "time", "text"]
    expect(form(page).locator("input[type=radio]")).to_have_count(4)
    expect(form(page).locator("select")).to_have_count(1)
    assert_clean(page)
    for control in form(page).locator(".field__control").all():  # none sticks out
        inner, outer = control.bounding_box(), form(page).bounding_box()
        assert inner
        assert outer
        assert inner["x"] + inner["width"] < outer["x"] + outer["width"] - 8
    form(page).locator("button[type=submit]").click()
    assert_clean(page)
    for name, value in WRITTEN.items():
        field(page, name).fill(value)
    form(page).locator("label", has=page.locator("[name=sure][value=yes]")).click()
    field(page, "topic").select_option("c")
    form(page).locator("button[type=submit]").click()
    expect(page.locator(".message__body", has_text="(ann@example.org)")).to_be_visible(timeout=ANSWERED)
    values = Message.objects.get(data__has_key="form").data["form"]["values"]
    assert values == {**WRITTEN, "sure": "yes", "topic": "c"}
    assert_clean(page)
