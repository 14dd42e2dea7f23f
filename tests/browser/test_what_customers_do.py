"""What customers did, on the canvas and in words; a version on trial; a flow out of use; its actions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from actions.models import Tool
from actions.sample import load_sample_tools
from flows import publishing
from flows.counting import add
from flows.models import Flow
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.flows.editing import RETURNS

TODAY = timezone.localdate
OLD = timedelta(days=4)


def returns(*, publish: bool = True) -> Flow:
    flow = publishing.create_flow(publishing.read(RETURNS), author=None)
    if publish:
        publishing.publish(flow.pk, author=None)
    return flow


def walked() -> None:
    """Forty began, 29 finished, eight left where they were asked, three cancelled; none was sorry."""
    day = TODAY() - OLD
    add({
        ("returns", 1, day, "begun", "why", ""): 40, ("returns", 1, day, "reached", "why", ""): 40,
        ("returns", 1, day, "way", "why", "which"): 29, ("returns", 1, day, "reached", "which", ""): 29,
        ("returns", 1, day, "way", "which", "done"): 29, ("returns", 1, day, "reached", "done", ""): 29,
        ("returns", 1, day, "done", "done", ""): 29, ("returns", 1, day, "waits", "why", ""): 8,
        ("returns", 1, day, "cancelled", "why", ""): 3,
    })  # fmt: skip


def opened(page: Page) -> Page:
    page.goto("/staff/flows/returns/")
    page.locator("#flow-editor[data-ready]").wait_for()
    return page


def test_numbers_stand_on_the_canvas_and_in_words(lea: Page) -> None:
    returns()
    walked()
    opened(lea).locator("[data-do=customers]").click()
    expect(lea.locator("[data-node=why] .card__figure text")).to_have_text("40")
    expect(lea.locator("[data-node=sorry].card--seen-0 .card__figure text")).to_have_text("0")
    expect(lea.locator(".line--seen-3 .line__figure").first).to_have_text("29")
    panel = lea.locator(".customers")
    expect(panel).to_contain_text("Finished29 73%")
    expect(panel.locator(".customers__part").nth(0)).to_contain_text("Did not answer any more8Cancelled3")
    expect(panel.locator(".customers__part").nth(1)).to_contain_text("Say: I am sorry.")
    link = panel.get_by_role("link", name="8 times: show the conversations")
    expect(link).to_have_attribute(
        "href", re.compile(r"/staff/\?show=all&step=left\+returns%401%2Fwhy&days=30")
    )
    assert_clean(lea)


def test_the_keyboard_goes_from_a_number_to_its_step_and_back_to_the_draft(lea: Page) -> None:
    returns()
    walked()
    opened(lea).locator("[data-do=customers]").click()
    lea.locator(".customers").get_by_role("button", name="Say: I am sorry.").focus()
    lea.keyboard.press("Enter")
    expect(lea.locator("[data-node=sorry]")).to_be_focused()
    expect(lea.locator("[data-node=sorry]")).to_have_attribute(
        "aria-label", re.compile("^no customer came here")
    )
    lea.get_by_role("button", name="Back to the draft").click()
    expect(lea.locator(".card__figure")).to_have_count(0)
    expect(lea.locator("#flow-tab-step")).to_have_attribute("aria-selected", "true")


def test_the_list_of_steps_says_the_numbers_too(lea: Page) -> None:
    returns()
    walked()
    opened(lea).locator(".segment", has_text="Steps").click()
    lea.locator("[data-do=customers]").click()
    expect(lea.locator("#step-why .step__times")).to_have_text("40 times")
    expect(lea.locator("#step-sorry .step__times")).to_have_text("no customer came here")


def test_without_anything_to_show_it_says_so(lea: Page) -> None:
    flow = returns(publish=False)
    opened(lea).locator("[data-do=customers]").click()
    expect(lea.locator(".customers")).to_contain_text("Nothing has been published yet")
    publishing.publish(flow.pk, author=None)
    opened(lea).locator("[data-do=customers]").click()
    expect(lea.locator(".customers")).to_contain_text("Nobody was here")
    lea.context.set_offline(True)
    lea.locator("[data-at='customers.days']").select_option("90")
    expect(lea.locator(".customers [role=alert]")).to_contain_text("could not be reached")
    lea.context.set_offline(False)
    lea.get_by_role("button", name="Try again").click()
    expect(lea.locator(".customers")).to_contain_text("Nobody was here")


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(lea: Page, new_page: NewPage, look: dict[str, object]) -> None:
    flow = returns()
    walked()
    page = new_page("/staff/flows/", storage_state=lea.context.storage_state(), **look)
    assert_clean(page)
    opened(page).locator("[data-do=customers]").click()
    page.locator(".customers__totals").wait_for()
    assert_clean(page)
    draft = publishing.read({**RETURNS, "begins": False})
    publishing.save_draft(flow.pk, draft, author=None)
    publishing.begin_trial(flow.pk, share=20, author=None)
    opened(page).locator("[data-do=history]").click()
    page.locator(".trial").wait_for()
    assert_clean(page)
    page.goto("/staff/flows/returns/remove/")
    assert_clean(page)
    page.locator("[value=archive]").click()
    page.locator(".flows__put-away").wait_for()
    assert_clean(page)
    page.goto("/staff/flows/?show=archived")
    assert_clean(page)


def test_a_version_is_tried_and_published_for_everybody(lea: Page) -> None:
    flow = returns()
    publishing.save_draft(flow.pk, publishing.read({**RETURNS, "begins": False}), author=None)
    opened(lea).locator("#flow-publish-open").click()
    lea.get_by_label("A share of the conversations, to try it:").check()
    lea.get_by_label("Of 100 conversations").fill("30")
    lea.get_by_role("button", name="Publish now").click()
    expect(lea.locator("#flow-state")).to_have_text("Version 1 is out, 2 on trial, 30 %")
    lea.locator("[data-do=history]").click()
    expect(lea.locator(".trial")).to_contain_text("Too few conversations")
    lea.locator("[data-at='trial.number']").fill("60")
    lea.get_by_role("button", name="Change the share").click()
    expect(lea.locator("#flow-state")).to_have_text("Version 1 is out, 2 on trial, 60 %")
    lea.get_by_role("button", name="Publish for everybody").click()
    expect(lea.locator("#flow-state")).to_have_text("Published, version 2")
    expect(lea.locator(".trial")).to_have_count(0)


def test_a_flow_is_archived_and_brought_back(lea: Page) -> None:
    returns()
    opened(lea).get_by_label("More").click()
    lea.get_by_role("link", name="Archive, delete…").click()
    lea.get_by_role("button", name="Archive", exact=True).click()
    expect(lea.locator(".flows__put-away")).to_contain_text("“Return an item” is archived.")
    lea.locator(".flows__put-away").get_by_role("button", name="Bring back").click()
    expect(lea.locator("#flow-state")).to_have_text("Draft")


def test_an_action_is_chosen_with_what_it_takes_and_brings(lea: Page) -> None:
    load_sample_tools()
    Tool.objects.filter(key="register_return").update(enabled=False)
    returns(publish=False)
    opened(lea).locator("[data-kind=act]").click()
    lea.get_by_label("Action", exact=True).select_option("register_return")
    expect(lea.locator(".action__note--warning")).to_contain_text("switched off")
    expect(lea.locator(".problems--step")).to_contain_text("is switched off", timeout=10_000)
    lea.get_by_label("Action", exact=True).select_option("find_order")
    expect(lea.locator(".problems--step")).to_contain_text("needs “number”", timeout=10_000)
    lea.get_by_label("number", exact=True).select_option("{reason}")
    lea.get_by_label("Keep some of it").select_option("status")
    lea.get_by_label("status", exact=True).select_option("reason")
    expect(lea.locator("#flow-saved")).to_have_attribute("data-state", "saved", timeout=10_000)
    node = next(one for one in Flow.objects.get().draft["nodes"] if one["kind"] == "act")
    assert (node["action"], node["given"], node["takes"]) == (
        "find_order",
        {"number": "{reason}"},
        {"reason": "status"},
    )
    assert_clean(lea)
