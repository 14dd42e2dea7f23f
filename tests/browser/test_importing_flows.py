"""Flows that come from elsewhere are looked through, and what is out is withdrawn from the list of flows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from actions.models import Tool
from flows.models import Flow, FlowImport
from flows.publishing import as_json, create_flow, publish, read
from flows.samples import sample_flows
from tests.assistant.test_flows_beside_each_other import WORKSHOP
from tests.browser.conftest import NewPage
from tests.browser.test_drawing_a_flow import ready, saved
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.flows.editing import RETURNS
from training import running


def brought() -> FlowImport:
    """A flow beside one of ours that it is mixed up with; it calls a program that is not here."""
    ours = next(flow for flow in sample_flows() if flow.key == "book_appointment")
    publish(create_flow(ours, author=None).pk, author=None)
    running.train_if_changed()
    act = {"id": "act", "kind": "act", "action": "their_program"}
    graph = read({**WORKSHOP, "nodes": [{**WORKSHOP["nodes"][0], "next": "act"}, act]})
    program = {"name": "their_program", "title": "Their program", "url": "", "parameters": []}
    found = {"flows": [as_json(graph)], "report": [], "scenarios": [], "webhooks": [program]}
    return FlowImport.objects.create(what="bot.zip", bots=["Rasa"], found=found)


def test_what_stands_in_the_way_is_said_beside_each_flow(lea: Page) -> None:
    kept = brought()
    lea.goto(f"/staff/flows/import-flows/{kept.pk}/")
    expect(lea.get_by_text("“Their program” has no address: nothing would be done.")).to_be_visible()
    expect(lea.locator(".bring__warning").first).to_contain_text("Book an appointment", timeout=60_000)
    expect(lea.get_by_role("status")).to_contain_text("The examples were compared")
    lea.get_by_role("button", name="Save as drafts").click()
    expect(lea.get_by_text("What stands in red cannot be published yet.")).to_be_visible()
    lea.goto("/staff/flows/make_appointment/")
    lea.get_by_role("button", name="Publish", exact=True).click()
    warned = lea.locator("[data-warned]")
    expect(warned).to_contain_text("nearly those of the flow “Book an appointment”", timeout=60_000)
    expect(lea.locator("#flow-publish [data-refused]")).to_contain_text("has no address")


def two_flows() -> FlowImport:
    """A question about a program, and a flow that calls it."""
    yes = {"value": "yes", "label": {"en": "Yes", "fr": "Oui"}, "next": "send", "confirms": "send"}
    no = {"value": "no", "label": {"en": "No", "fr": "Non"}, "next": "end"}
    said = {"en": "Shall I send it?", "fr": "Je l’envoie\N{NARROW NO-BREAK SPACE}?"}
    steps = [
        {"id": "ask", "kind": "choose", "text": said, "options": [yes, no]},
        {"id": "send", "kind": "act", "action": "send_it", "next": "end"},
        {"id": "end", "kind": "say", "text": {"en": "Goodbye.", "fr": "Au revoir."}},
    ]
    sending = {"key": "sending", "name": {"en": "Send it"}, "start": "ask", "nodes": steps, "begins": False}
    calls = [{"id": "call", "kind": "call", "flow": "sending"}]
    asked = {"en": ["I want a parcel to be sent"]}
    parcel = {"key": "parcel", "name": {"en": "Parcel"}, "start": "call", "nodes": calls, "examples": asked}
    program = {"name": "send_it", "title": "Send it", "url": "https://shop.example/do", "parameters": []}
    found = {"flows": [as_json(read(one)) for one in (sending, parcel)], "report": [], "scenarios": []}
    return FlowImport.objects.create(what="bot.zip", bots=["Rasa"], found=found | {"webhooks": [program]})


def test_flows_are_published_one_by_one(lea: Page) -> None:
    kept = two_flows()
    lea.goto(f"/staff/flows/import-flows/{kept.pk}/")
    lea.get_by_role("button", name="Save as drafts").click()
    expect(lea.get_by_text("switched off: look at it")).to_be_visible()
    expect(lea.get_by_role("link", name="Open the flow")).to_have_attribute("href", "/staff/flows/sending/")
    Tool.objects.update(enabled=True)
    lea.reload()
    expect(lea.get_by_text("switched on", exact=True)).to_be_visible()
    expect(lea.get_by_text("It calls flows that are not published: Send it.")).to_be_visible()
    assert_clean(lea)
    lea.get_by_role("button", name="Publish Send it", exact=True).press("Enter")
    expect(lea.get_by_text("1 flow is published. Customers can begin it now.")).to_be_visible()
    assert [flow.key for flow in Flow.objects.published()] == ["sending"]
    lea.get_by_role("checkbox", name="Parcel").uncheck()
    lea.get_by_role("button", name="Publish what is ticked").click()
    expect(lea.get_by_text("Tick at least one flow.")).to_be_visible()
    lea.get_by_role("checkbox", name="Parcel").press("Enter")  # as the button below, and not as one beside it
    expect(lea.get_by_text("1 flow is published.")).to_be_visible()
    assert Flow.objects.published().count() == 2


def test_a_button_is_a_yes_to_the_action_it_leads_to(lea: Page) -> None:
    create_flow(read(two_flows().found["flows"][0]), author=None)
    lea.goto("/staff/flows/sending/")
    ready(lea)
    lea.locator("[data-node=ask]").focus()
    lea.keyboard.press("Enter")
    box = lea.get_by_role("checkbox", name="It is a yes to the action it leads to")
    expect(box).to_have_count(1)  # the other button leads to no action
    expect(box).to_be_checked()
    box.uncheck()
    saved(lea)
    assert "confirms" not in Flow.objects.get(key="sending").draft["nodes"][0]["options"][0]
    assert_clean(lea)


def test_a_flow_is_withdrawn_from_the_list(lea: Page) -> None:
    publish(create_flow(read(RETURNS), author=None).pk, author=None)
    lea.reload()
    lea.locator(".flows__more summary").focus()
    lea.keyboard.press("Enter")
    lea.get_by_role("link", name="Withdraw from customers…").click()
    expect(lea.get_by_text("Whoever is in the middle of it finishes it.")).to_be_visible()
    assert_clean(lea)
    lea.get_by_role("button", name="Withdraw from customers").click()
    expect(lea.locator("#flow-state")).to_have_text("Draft")
    assert Flow.objects.get().published is None


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(lea: Page, new_page: NewPage, look: dict[str, object]) -> None:
    kept = brought()
    page = new_page(
        f"/staff/flows/import-flows/{kept.pk}/", storage_state=lea.context.storage_state(), **look
    )
    page.locator(".bring__warning").first.wait_for(timeout=60_000)
    assert_clean(page)
    page.goto(f"/staff/flows/import-flows/{two_flows().pk}/")
    page.locator(".bring__send button").first.click()
    page.locator(".bring__tool").wait_for()
    assert_clean(page)
    Tool.objects.update(enabled=True)
    page.reload()
    page.locator(".bring__publish").wait_for()
    assert_clean(page)
    page.goto("/staff/flows/")
    page.locator(".flows__more summary").first.click()
    assert_clean(page)
