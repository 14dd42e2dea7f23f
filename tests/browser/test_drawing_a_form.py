"""A step with a form, drawn by keyboard: fields chosen, made, ordered; what is wrong leads to its field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from flows.publishing import create_flow
from flows.starters import begun
from tests.browser.conftest import NewPage
from tests.browser.test_drawing_a_flow import begin, node, ready, saved
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


def add_form(lea: Page) -> None:
    lea.locator("#flow-stage").focus()
    lea.keyboard.press("n")
    for _ in range(2):
        lea.keyboard.press("ArrowDown")
    lea.keyboard.press("Enter")
    lea.keyboard.type("How can we reach you?")


def add_field(lea: Page, name: str, kind: str = "text") -> None:
    lea.locator("[data-at='slots.add']").focus()
    lea.keyboard.press("Enter")
    lea.get_by_label("Name of the field").fill(name)
    lea.get_by_label("Question", exact=True).fill(f"What is your {name.lower()}?")
    lea.get_by_label("Kind of answer").select_option(kind)


def test_a_form_is_drawn_and_tried(lea: Page) -> None:
    begin(lea)
    add_form(lea)
    saved(lea)
    expect(lea.locator(".problem", has_text="This form asks for nothing.")).to_be_visible()
    add_field(lea, "Name")
    add_field(lea, "E-mail", "email")
    saved(lea)
    assert (node("form")["slots"], node("form")["optional"]) == (["name", "e_mail"], [])
    lea.get_by_label("May stay empty: E-mail").check()
    lea.get_by_role("button", name="Move up: E-mail").click()
    saved(lea)
    assert (node("form")["slots"], node("form")["optional"]) == (["e_mail", "name"], ["e_mail"])
    expect(lea.locator("[data-node=form]")).to_contain_text("Form · E-mail, Name")
    lea.get_by_label("Ask for: Name").uncheck()
    saved(lea)
    assert node("form")["slots"] == ["e_mail"]
    lea.get_by_label("Ask for: Name").check()
    lea.locator("#flow-stage").focus()
    lea.keyboard.press("Control+z")
    saved(lea)
    assert node("form")["slots"] == ["e_mail"]
    lea.keyboard.press("Control+z")
    saved(lea)
    assert node("form")["slots"] == ["e_mail", "name"]
    _talk_to_it(lea)


def _talk_to_it(lea: Page) -> None:
    lea.get_by_role("button", name="Try it").click()
    lea.get_by_role("button", name="Start", exact=True).click()
    form = lea.locator(".try__filled form")
    form.get_by_label("E-mail").fill("ann at")
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("This is needed.")
    form.get_by_label("Name").fill("Ann")
    form.get_by_role("button", name="Send").click()
    expect(lea.locator(".try__why").last).to_have_text(
        "The form: E-mail = ann at, Name = Ann · it was filled in"
    )
    expect(form.get_by_label("E-mail")).to_have_value("ann at")
    form.get_by_label("E-mail").fill("")
    form.get_by_role("button", name="Send").click()
    expect(lea.locator(".try__note", has_text="is over: done")).to_be_visible()


def test_what_is_wrong_with_a_field_leads_to_it(lea: Page) -> None:
    graph = begun("booking", key="book", name="Book", language="en", languages=["en"])
    slots = {**graph.slots, "email": graph.slots["email"].model_copy(update={"label": {}})}
    create_flow(graph.model_copy(update={"slots": slots}), author=None)
    lea.goto("/staff/flows/book/")
    ready(lea)
    lea.get_by_role("tab", name="Problems").click()
    lea.locator(".problem", has_text="The text is missing.").click()
    expect(lea.locator("[data-at='slot.label.en']")).to_be_focused()
    expect(lea.get_by_label("Ask for: email")).to_be_checked()


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_use_it(lea: Page, new_page: NewPage, look: dict[str, object]) -> None:
    create_flow(begun("booking", key="book", name="Book", language="en", languages=["en", "fr"]), author=None)
    page = new_page("/staff/flows/book/", storage_state=lea.context.storage_state(), **look)
    ready(page)
    page.locator(".segment").nth(1).click()
    page.locator(".step__main").nth(2).click()
    assert_clean(page)
    page.locator("[data-at='slots.1']").click()
    assert_clean(page)
