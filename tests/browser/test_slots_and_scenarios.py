"""In the flow editor: what slots are called, what goes with a step, how small steps are drawn, and what was
tried kept as a scenario."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from evaluation.models import Scenario
from flows.models import Flow
from flows.publishing import create_flow
from flows.starters import begun
from tests.browser.test_drawing_a_flow import begin, draft, node, ready, saved
from tests.browser.test_everyone_can_read_it import assert_clean
from tests.flows.shop import CONTACT, flow


def add_ask(lea: Page, question: str) -> None:
    lea.keyboard.press("n")
    lea.keyboard.press("ArrowDown")
    lea.keyboard.press("Enter")
    lea.keyboard.type(question)


def slots() -> list[str]:
    found = draft()["slots"]
    assert isinstance(found, dict)
    return sorted(found)


def test_a_slot_is_named_after_its_question_until_it_is_called_something(lea: Page) -> None:
    begin(lea)
    lea.locator("#flow-stage").focus()
    add_ask(lea, "What is your order number?")
    saved(lea)
    assert node("ask")["slot"] == "order_number"
    lea.locator("[data-node=ask]").focus()
    add_ask(lea, "And the number of your order, please?")
    saved(lea)
    assert node("ask_2")["slot"] == "number_order"
    lea.get_by_label("Question", exact=True).fill("Your order number?")
    saved(lea)
    assert node("ask_2")["slot"] == "order_number_2"
    lea.get_by_label("The answer is called").fill("Second order")
    saved(lea)
    assert node("ask_2")["slot"] == "second_order"
    lea.get_by_label("Question", exact=True).fill("And the other one?")
    lea.get_by_text("Name and memory").click()
    lea.get_by_label("Name in texts and conditions").fill("other")
    lea.keyboard.press("Tab")
    saved(lea)
    assert slots() == ["order_number", "other"]


def test_a_slot_that_nothing_else_uses_goes_with_its_step(lea: Page) -> None:
    create_flow(flow(CONTACT, ("({email}){day}", "({email})")), author=None)
    lea.goto("/staff/flows/contact/")
    ready(lea)
    lea.locator("[data-node=details]").focus()
    lea.keyboard.press("Delete")
    notice = lea.locator(".undoing")
    expect(notice).to_contain_text("1 step deleted. Ctrl-Z brings it back.")
    expect(notice).to_contain_text("The slot that nothing else used is gone too: Day.")
    saved(lea)
    assert sorted(Flow.objects.get().draft["slots"]) == ["email", "name"]  # they are said at the end
    assert_clean(lea)
    notice.get_by_role("button", name="Undo").click()
    expect(lea.locator("[data-node=details]")).to_have_count(1)
    expect(notice).to_have_count(0)
    saved(lea)
    assert sorted(Flow.objects.get().draft["slots"]) == ["day", "email", "name"]


def inside(inner: Locator, outer: Locator) -> bool:
    one, other = inner.bounding_box(), outer.bounding_box()
    assert one
    assert other
    return (
        other["x"] <= one["x"]
        and one["x"] + one["width"] <= other["x"] + other["width"]
        and other["y"] <= one["y"]
        and one["y"] + one["height"] <= other["y"] + other["height"]
    )


def test_all_steps_are_shown_as_large_as_one_can_read(lea: Page) -> None:
    graph = begun("booking", key="book", name="Book", language="en", languages=["en", "fr"])
    create_flow(graph, author=None)
    lea.set_viewport_size({"width": 1280, "height": 800})
    lea.goto("/staff/flows/book/")
    ready(lea)
    lea.locator("#flow-stage").focus()
    lea.keyboard.press("l")
    lea.keyboard.press("f")
    expect(lea.locator("#flow-scale")).to_have_text("60 %")
    start = lea.locator(f"[data-node={graph.start}]")
    expect(start).to_be_visible()
    assert inside(start, lea.locator("#flow-stage"))
    assert inside(lea.locator(".map__frame"), lea.locator(".map"))
    start.focus()  # the keyboard still goes wherever steps are
    for _ in range(9):
        lea.keyboard.press("ArrowRight")
    lea.wait_for_timeout(400)
    focused = lea.locator("[data-node]:focus")
    assert inside(focused, lea.locator("#flow-stage"))


def test_what_was_tried_becomes_a_scenario(lea: Page) -> None:
    create_flow(flow(CONTACT), author=None)
    lea.goto("/staff/flows/contact/")
    ready(lea)
    lea.get_by_role("button", name="Try it").click()
    make = lea.get_by_role("button", name="Make a scenario of this")
    expect(make).to_be_hidden()
    lea.get_by_role("button", name="Start", exact=True).click()
    form = lea.locator(".try__filled form")
    form.get_by_label("Name").fill("Ann")
    form.get_by_label("E-mail").fill("ann@example.org")
    form.get_by_role("button", name="Send").click()
    expect(lea.locator(".try__note", has_text="is over: done")).to_be_visible()
    make.click()
    link = lea.get_by_role("link", name="Read and correct it")
    expect(link).to_be_visible()
    assert_clean(lea)
    assert Scenario.objects.get().script["turns"] == [
        {"customer": "call me back", "expects": {"flow": "contact", "says": ["How can we reach you?"]}},
        {
            "form": {"name": "Ann", "email": "ann@example.org"},
            "expects": {"flow": "contact", "says": ["Thank you, Ann (ann@example.org)."]},
        },
    ]
    link.click()
    expect(lea.locator(".scenario-yaml")).to_contain_text("email: ann@example.org")
