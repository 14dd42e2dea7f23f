"""A flow from nothing, by mouse and by keyboard; undone, talked to, published, seen in the list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from flows.models import Flow
from flows.publishing import publish
from flows.starters import begun
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean

SAVED = re.compile("^Saved")


def ready(page: Page) -> None:
    page.locator("#flow-editor[data-ready]").wait_for()


def draft() -> dict[str, object]:
    return dict(Flow.objects.get(key="return_a_lamp").draft)


def node(name: str) -> dict[str, object]:
    nodes = draft()["nodes"]
    assert isinstance(nodes, list)
    return dict(next(one for one in nodes if one["id"] == name))


def saved(page: Page) -> None:
    expect(page.locator("#flow-saved")).to_have_text(SAVED, timeout=20_000)
    expect(page.locator("#flow-saved")).to_have_attribute("data-state", "saved")


def begin(page: Page) -> None:
    page.get_by_role("link", name="New flow").click()
    page.get_by_role("textbox", name="Name").fill("Return a lamp")
    page.locator(".chip", has_text="French").click()  # English alone
    page.get_by_role("button", name="Make it").click()
    ready(page)


def pick(page: Page, kind: str) -> None:
    page.locator(f".picker__item--{kind}").click()


def drag(page: Page, source: str, target: str) -> None:
    page.locator("#flow-stage").focus()
    page.keyboard.press("f")
    page.wait_for_timeout(500)  # the canvas has come to rest
    begins, ends = page.locator(source).bounding_box(), page.locator(target).bounding_box()
    assert begins
    assert ends
    page.mouse.move(begins["x"] + begins["width"] / 2, begins["y"] + begins["height"] / 2)
    page.mouse.down()
    page.mouse.move(ends["x"] + 60, ends["y"] + 20, steps=6)
    page.mouse.up()


def begin_by_keyboard(lea: Page) -> None:
    """By keyboard: say, then ask."""
    lea.locator("#flow-stage").focus()
    lea.keyboard.press("n")
    lea.keyboard.press("Enter")
    lea.keyboard.type("Let us return your lamp.")
    lea.locator("[data-node=say]").focus()
    lea.keyboard.press("n")
    lea.keyboard.press("ArrowDown")
    lea.keyboard.press("Enter")
    lea.keyboard.type("Why do you return it?")
    lea.get_by_label("The answer is called").fill("Why")
    lea.get_by_label("Kind of answer").select_option("choice")
    for number, words in enumerate(("Broken", "Too large")):
        lea.get_by_role("button", name="Add a choice").click()
        lea.locator(f"[data-at='choices.{number}.label.en']").fill(words)
    saved(lea)
    assert draft()["start"] == "say"
    assert node("ask")["slot"] == "why"


def add_and_connect(lea: Page) -> None:
    """From the palette: a branch and two ends; connected by keyboard and by mouse."""
    lea.locator("[data-node=ask]").click()
    lea.locator("[data-kind=branch]").click()
    lea.get_by_label("How it is compared").select_option("is")
    lea.locator("[data-node=branch]").focus()
    lea.keyboard.press("n")
    pick(lea, "end")
    lea.keyboard.type("We send a new one.")
    lea.locator("[data-kind=handoff]").click()
    lea.keyboard.type("Let me ask a colleague.")
    lea.keyboard.press("Escape")
    drag(lea, "[data-node=branch] [data-port=next]", "[data-node=handoff]")
    lea.locator("[data-node=ask]").focus()
    lea.keyboard.press("c")
    lea.get_by_role("option", name="Not understood").click()
    pick(lea, "handoff")
    saved(lea)
    assert node("ask")["otherwise"] == "handoff"
    assert node("branch")["next"] == "handoff"


def delete_and_bring_back(lea: Page) -> None:
    """A step is deleted and brought back."""
    lea.locator("[data-node=handoff]").focus()
    lea.keyboard.press("Delete")
    expect(lea.locator("[data-node=handoff]")).to_have_count(0)
    lea.keyboard.press("Control+z")
    expect(lea.locator("[data-node=handoff]")).to_have_count(1)
    saved(lea)
    assert node("branch")["next"] == "handoff"


def talk_to_it(lea: Page) -> None:
    """Talked to."""
    lea.get_by_role("button", name="Try it").click()
    lea.get_by_role("button", name="Start", exact=True).click()
    expect(lea.locator("[data-node=ask].card--here")).to_have_count(1)
    lea.get_by_label("What the customer says").fill("banana")
    lea.get_by_role("button", name="Send", exact=True).click()
    expect(lea.locator(".try__why")).to_contain_text("“banana” is no value of the slot “Why”")
    lea.locator(".try__buttons").last.get_by_role("button", name="Broken").click()
    expect(lea.locator(".try__why").last).to_have_text("Why = Broken · by the button")
    expect(lea.locator(".try__bubble", has_text="We send a new one.")).to_be_visible()
    expect(lea.locator("[data-node=end].card--walked")).to_have_count(1)


def publish_it(lea: Page) -> None:
    """What is missing is told; then it is published."""
    lea.get_by_role("tab", name="Problems").click()
    expect(lea.locator(".problem").first).to_be_visible()
    lea.get_by_role("button", name="Publish").click()
    lea.get_by_label("What has changed?").fill("The first one")
    lea.get_by_role("button", name="Publish now").click()
    expect(lea.locator("#flow-state")).to_have_text("Published, version 1")
    lea.get_by_role("link", name="All flows").click()
    row = lea.locator(".flows__row", has_text="Return a lamp")
    expect(row).to_contain_text("Published, version 1")
    expect(row).to_contain_text("Léa")


def test_a_flow_is_drawn_tried_and_published(lea: Page) -> None:
    begin(lea)
    begin_by_keyboard(lea)
    add_and_connect(lea)
    delete_and_bring_back(lea)
    talk_to_it(lea)
    publish_it(lea)


def test_what_is_written_outlives_what_is_pressed_next(lea: Page) -> None:
    """The form is drawn anew with each press, and not while somebody writes."""
    begin(lea)
    lea.locator("[data-kind=branch]").click()
    lea.locator("[data-at='cases.0.fact']").select_option("customer.name")
    lea.locator("[data-at='cases.0.op']").select_option("is")
    lea.locator("[data-at='cases.0.value']").fill("Ada")
    lea.locator("[data-at='cases.0.and']").click()
    lea.locator("[data-at='cases.0.1.op']").select_option("is_not")
    lea.locator("[data-at='cases.0.0.value']").fill("Grace")
    lea.locator("[data-at='cases.0.1.fact']").select_option("customer.email")
    lea.locator("[data-at='cases.0.1.value']").fill("x@y.example")
    lea.locator("[data-at='cases.add']").click()
    saved(lea)
    first = {"fact": "customer.name", "op": "is", "value": "Grace"}
    second = {"fact": "customer.email", "op": "is_not", "value": "x@y.example"}
    cases = node("branch")["cases"]
    assert isinstance(cases, list)
    assert cases[0]["when"] == {"all": [first, second]}
    assert len(cases) == 2


def booking() -> Flow:
    from flows.publishing import create_flow

    graph = begun("booking", key="book", name="Book", language="en", languages=["en", "fr"])
    return create_flow(graph, author=None)


def test_two_people_do_not_overwrite_each_other_unknowingly(lea: Page, new_page: NewPage) -> None:
    booking()
    lea.goto("/staff/flows/book/")
    ready(lea)
    other = new_page("/staff/flows/book/", beside=lea)
    ready(other)
    for page, words in ((other, "Theirs"), (lea, "Mine")):
        page.locator("#flow-tab-flow").click()
        page.locator("[data-at='description.en']").fill(words)
        expect(page.locator("#flow-saved")).not_to_have_attribute("data-state", "waiting", timeout=20_000)
    expect(lea.get_by_role("dialog", name="Somebody else has changed it")).to_be_visible()
    lea.get_by_role("button", name="Keep mine, over theirs").click()
    saved(lea)
    assert Flow.objects.get().draft["description"]["en"] == "Mine"


def test_what_is_drawn_offline_is_sent_later(lea: Page) -> None:
    booking()
    lea.goto("/staff/flows/book/")
    ready(lea)
    lea.context.set_offline(True)
    lea.locator("#flow-tab-flow").click()
    lea.locator("[data-at='description.en']").fill("Drawn in a tunnel")
    expect(lea.locator("#flow-saved")).to_have_attribute("data-state", "offline", timeout=20_000)
    lea.context.set_offline(False)
    saved(lea)
    assert Flow.objects.get().draft["description"]["en"] == "Drawn in a tunnel"


def test_the_list_says_and_edits_the_same_as_the_canvas(lea: Page) -> None:
    booking()
    lea.goto("/staff/flows/book/")
    ready(lea)
    lea.locator(".segment", has_text="Steps").click()
    expect(lea.locator(".step")).to_have_count(7)
    lea.locator(".step__main").first.focus()
    lea.keyboard.press("Enter")
    expect(lea.locator("[data-at='slot.ask.en']")).to_be_focused()
    lea.get_by_role("button", name=re.compile("^Delete: Hand off")).click()
    expect(lea.locator(".step")).to_have_count(6)
    saved(lea)


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(lea: Page, new_page: NewPage, look: dict[str, object]) -> None:
    publish(booking().pk, author=None)
    page = new_page("/staff/flows/", storage_state=lea.context.storage_state(), **look)
    assert_clean(page)
    for name in ("new-flow/", "new-flow/from-yaml/", "everyday-troubles/", "standard-words/"):
        page.goto(f"/staff/flows/{name}")
        assert_clean(page)
    page.goto("/staff/flows/book/")
    ready(page)
    assert_clean(page)
    page.locator(".segment").nth(1).click()
    page.locator(".step__main").first.click()
    assert_clean(page)
    page.locator("[data-do=try]").click()
    page.locator("[data-at='try.start']").click()
    page.locator(".try__bubble").first.wait_for()
    assert_clean(page)
    for tab in ("flow", "slots", "problems"):
        page.locator(f"#flow-tab-{tab}").click()
        assert_clean(page)
    page.locator("[data-do=history]").click()
    page.locator(".version").wait_for()
    assert_clean(page)
    if page.locator(".panel__close").is_visible():
        page.locator(".panel__close").click()
    page.locator("#flow-publish-open").click()
    assert_clean(page)
