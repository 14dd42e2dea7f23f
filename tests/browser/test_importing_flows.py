"""Flows that come from elsewhere are looked through, and what is out is withdrawn from the list of flows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from assistant.routing import training
from flows.models import Flow, FlowImport
from flows.publishing import as_json, create_flow, publish, read
from flows.samples import sample_flows
from tests.assistant.test_flows_beside_each_other import WORKSHOP
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.flows.editing import RETURNS


def brought() -> FlowImport:
    """A flow beside one of ours that it is mixed up with; it calls a program that is not here."""
    ours = next(flow for flow in sample_flows() if flow.key == "book_appointment")
    publish(create_flow(ours, author=None).pk, author=None)
    training.train_if_changed()
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
    page.goto("/staff/flows/")
    page.locator(".flows__more summary").first.click()
    assert_clean(page)
