"""Cards: drawn in the editor, shown in the chat, chosen from by keyboard, read by everyone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from flows.models import CardPicture, Flow
from flows.publishing import create_flow, publish
from flows.yaml_form import from_yaml
from tests.assistant.test_cards_in_replies import LAMPS
from tests.browser.asking import ANSWERED, look_at
from tests.browser.conftest import NewPage
from tests.browser.test_drawing_a_flow import ready, saved
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.conversations.files import PDF, picture

ADDRESS = "[data-at='cards.0.buttons.0.link']"


def kept() -> list[dict[str, Any]]:
    (step,) = [node for node in Flow.objects.get(key="lamps").draft["nodes"] if node["id"] == "shown"]
    return list(step["cards"])


@pytest.fixture
def lamps(shop: str) -> Flow:
    flow = create_flow(from_yaml(LAMPS.replace("?for={customer.id}", "")), author=None)
    publish(flow.pk, author=None)
    return flow


def choose(page: Page) -> None:
    page.locator("#state-dot[data-state=online]").wait_for()
    page.locator("#say").fill("choose a lamp")
    page.keyboard.press("Enter")
    expect(page.locator(".deck__card").last).to_be_visible(timeout=ANSWERED)


def test_an_editor_draws_a_card_and_takes_it_back(lea: Page, lamps: Flow) -> None:
    lea.goto("/staff/flows/lamps/")
    ready(lea)
    expect(lea.locator("[data-node=shown] .card__kind")).to_have_text("Say · 2 cards")
    lea.locator("[data-node=shown]").click()
    lea.get_by_role("button", name="Add a card").click()
    lea.locator("[data-at='cards.2.title.en']").fill("Nova")
    saved(lea)
    assert [card["title"]["en"] for card in kept()] == ["Luna", "Sol", "Nova"]
    lea.locator("[data-at='cards.2.up']").click()
    lea.get_by_role("button", name="Remove: Sol").click()
    saved(lea)
    assert [card["title"]["en"] for card in kept()] == ["Luna", "Nova"]
    lea.locator("#flow-stage").focus()
    lea.keyboard.press("Control+z")
    expect(lea.locator("[data-node=shown] .card__kind")).to_have_text("Say · 3 cards")
    saved(lea)
    assert [card["title"]["en"] for card in kept()] == ["Luna", "Nova", "Sol"]


def test_a_button_that_leads_nowhere_is_told_and_found(lea: Page, lamps: Flow) -> None:
    lea.goto("/staff/flows/lamps/")
    ready(lea)
    lea.locator("[data-node=shown]").click()
    lea.locator(ADDRESS).fill("javascript:alert(1)")
    saved(lea)
    lea.get_by_role("tab", name="Problems").click()
    lea.locator(".problem--error").first.click()
    expect(lea.locator(ADDRESS)).to_be_focused()
    lea.locator("[data-at='cards.0.buttons.0.does']").select_option("says")
    lea.locator("[data-at='cards.0.buttons.0.says.en']").fill("Tell me about Luna")
    saved(lea)
    assert kept()[0]["buttons"][0] == {
        "label": {"en": "Look at it"}, "link": "", "says": {"en": "Tell me about Luna"},
    }  # fmt: skip


def test_one_for_each_of_a_list_is_chosen_and_tried(lea: Page, lamps: Flow) -> None:
    draft = lamps.draft
    next(one for one in draft["nodes"] if one["id"] == "shown")["cards"][0]["each"] = "lamp"
    Flow.objects.filter(pk=lamps.pk).update(draft=draft)
    lea.goto("/staff/flows/lamps/")
    ready(lea)
    lea.locator("[data-node=shown]").click()
    each = lea.locator("[data-at='cards.0.each']")
    expect(each).to_have_value("lamp")  # which no action brings: it stays, and nothing else is offered
    offered = each.locator("option").all_inner_texts()
    assert [words for words in offered if "no such list" in words] == offered[1:2] and len(offered) == 3
    lea.get_by_role("button", name="Try it").click()
    lea.get_by_role("button", name="Start", exact=True).click()
    expect(lea.locator(".try .deck__title")).to_have_text(["Sol"])
    lea.locator(".try .deck__button", has_text="Take it").click()
    expect(lea.locator(".try__bubble", has_text="You have chosen Sol.")).to_be_visible(timeout=ANSWERED)


def test_a_picture_is_sent_put_into_words_and_seen(
    lea: Page, lamps: Flow, new_page: NewPage, tmp_path: Path
) -> None:
    (tmp_path / "luna.png").write_bytes(picture("PNG", size=(1600, 900)))
    (tmp_path / "luna.pdf").write_bytes(PDF)
    lea.goto("/staff/flows/lamps/")
    ready(lea)
    lea.locator("[data-node=shown]").click()
    field = lea.locator("input[data-at='cards.0.picture']")
    field.set_input_files(tmp_path / "luna.pdf")
    expect(lea.get_by_text("This is no picture that can be shown.").first).to_be_visible()
    field.set_input_files(tmp_path / "luna.png")
    expect(lea.locator(".card-picture")).to_be_visible()
    lea.get_by_role("tab", name="Problems").click()
    lea.locator(".problem", has_text="The text is missing").first.click()
    alt = lea.locator("[data-at='cards.0.alt.en']")
    expect(alt).to_be_focused()
    alt.fill("A small lamp")
    lea.locator("input[data-at='cards.1.picture']").set_input_files(tmp_path / "luna.png")  # while writing
    expect(lea.locator(".card-picture")).to_have_count(2)
    saved(lea)
    assert {one.width for one in CardPicture.objects.all()} == {1200} and kept()[0]["alt"] == {
        "en": "A small lamp"
    }
    publish(lamps.pk, author=None)
    page = new_page("/", viewport={"width": 390, "height": 800})
    choose(page)
    shown = page.get_by_role("img", name="A small lamp")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", 1200)
    CardPicture.objects.all().delete()
    later = new_page("/", beside=page)
    expect(later.locator(".deck__card").last).to_be_visible(timeout=ANSWERED)
    lea.get_by_role("button", name="Take the picture away").first.click()
    expect(lea.locator("input[data-at='cards.0.picture']")).to_be_visible()
    saved(lea)
    assert kept()[0]["picture"] == ""


def test_a_customer_goes_on_by_the_keyboard_and_staff_see_the_same(
    new_page: NewPage, lamps: Flow, inbox: Page
) -> None:
    page = new_page("/", viewport={"width": 320, "height": 640})
    choose(page)
    link = page.get_by_role("link", name=re.compile("^Look at it"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")
    deck = page.get_by_role("list", name="Cards")
    deck.focus()
    page.keyboard.press("ArrowRight")
    expect(deck).not_to_have_js_property("scrollLeft", 0)
    page.get_by_role("button", name="Take it").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".message__body").last).to_have_text("You have chosen Sol.", timeout=ANSWERED)
    expect(page.locator(".deck button")).to_have_count(2)
    expect(page.get_by_role("button", name="Take it")).to_have_count(0)  # of an older answer
    expect(link).to_be_visible()
    look_at(inbox)
    expect(inbox.locator(".deck__title")).to_have_text(["Luna", "Sol"])
    expect(inbox.locator(".deck button")).to_have_count(0)
    assert inbox.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_them(new_page: NewPage, lamps: Flow, lea: Page, look: dict[str, object]) -> None:
    page = new_page("/", **look)
    choose(page)
    assert_clean(page)
    page = new_page("/staff/flows/lamps/", storage_state=lea.context.storage_state(), **look)
    ready(page)
    page.locator(".segment").nth(1).click()
    page.locator(".step__main").first.click()
    expect(page.locator("[data-at='cards.0.title.en']")).to_be_visible()
    assert_clean(page)


def test_cards_alone_are_read_out_to_both_sides(new_page: NewPage, shop: str, inbox: Page) -> None:
    alone = LAMPS.replace("    text: {en: Our lamps.}\n", "").replace("next: lamp\n", "next: ''\n", 1)
    publish(create_flow(from_yaml(alone), author=None).pk, author=None)
    page = new_page("/")
    page.locator("#state-dot[data-state=online]").wait_for()
    page.locator("#say").fill("hello")
    page.keyboard.press("Enter")
    expect(page.locator(".message--assistant .message__body").last).to_be_visible(timeout=ANSWERED)
    look_at(inbox)
    choose(page)
    for side in (page, inbox):
        expect(side.locator(".deck__card")).to_have_count(2)
        expect(side.locator("#announcer")).to_contain_text("Luna Gives a warm light Sol")
