"""A customer has something done by a tool: in the running product, with a model and a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from actions import approvals
from actions.models import Call, Parameter, Taken, Tool
from conversations.decisions import tell_decisions
from tests.actions.conftest import as_json
from tests.browser.asking import ANSWERED, answer, ask
from tests.browser.conftest import NewPage, running_product
from tests.modelserver.control import ModelServer
from tests.webserver import WebServer, serving

ORDER = {"order": {"status": "Dispatched", "delivery_date": "2026-12-02"}}


@pytest.fixture(scope="module")
def orders() -> Iterator[WebServer]:
    with serving({"/orders/LP-1": as_json(ORDER), "/returns": as_json({"number": "RT-77"})}) as web:
        yield web


@pytest.fixture(scope="module")
def product(
    django_db_setup: None,
    django_db_blocker: object,
    _model_server_process: ModelServer,
    orders: WebServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """With the scripted model, and leave to call the server of tools."""
    given = {
        "OPENAI_BASE_URL": _model_server_process.url,
        "OPENAI_API_KEY": "key",
        "ANSWER_MODEL": "scripted",
        "REWRITE_MODEL": "reader",
        "OUTGOING_ALLOWED": f"127.0.0.1:{orders.port}",
    }
    with running_product(tmp_path_factory.mktemp("tools"), **given) as address:
        yield address


@pytest.fixture
def page(new_page: NewPage, orders: WebServer, settings: Any) -> Page:
    """The chat of a shop that has three tools."""
    settings.OUTGOING_ALLOWED = [f"127.0.0.1:{orders.port}"]  # of whoever approves in this process
    orders.asked.clear()
    find = Tool.objects.create(
        key="find_order", name="Order service", enabled=True, in_free_conversation=True,
        url=f"{orders.url}/orders/{{number}}", words={"en": "Look up your order"},
    )  # fmt: skip
    Parameter.objects.create(tool=find, name="number")
    for name in ("status", "delivery_date"):
        Taken.objects.create(tool=find, name=name, path=f"order.{name}")
    for key, changes, title in (
        ("send_back", "writes", "Register a return"),
        ("refund", "approval", "Refund"),
    ):
        tool = Tool.objects.create(
            key=key, name=title, enabled=True, in_free_conversation=True, changes=changes, method="POST",
            url=f"{orders.url}/returns", words={"en": title, "fr": "Rembourser"},
        )  # fmt: skip
        Parameter.objects.create(tool=tool, name="order", place="body")
        Taken.objects.create(tool=tool, name="number", path="number")
    return new_page()


def calls(match: str, name: str, **given: str) -> dict[str, object]:
    return {
        "model": "scripted",
        "match": match,
        "told": False,
        "tool_calls": [{"name": name, "arguments": given}],
    }


def said(page: Page, words: str) -> None:
    expect(page.locator("article.message--assistant").last).to_contain_text(words, timeout=ANSWERED)


def test_an_order_is_looked_up_and_its_source_shown(page: Page, model_server_process: ModelServer) -> None:
    model_server_process.script(
        calls("where is", "find_order", number="LP-1"),
        {
            "told": True,
            "text": "[ANSWER] Your order LP-1 was dispatched and arrives on 2 December 2026 [result].",
        },
    )
    ask(page, "Where is my order LP-1?")
    said(page, "arrives on 2 December 2026")
    chip = answer(page).locator(".source-chip")
    expect(chip).to_contain_text("Order service · find_order · ")
    chip.click()
    panel = page.locator("#sources")
    expect(panel).to_contain_text("delivery date: 2 December 2026")
    expect(panel).to_contain_text("Looked up in another system")
    assert panel.get_by_role("link").count() == 0


def test_a_change_is_confirmed_with_a_button_after_coming_back(
    page: Page, model_server_process: ModelServer, orders: WebServer
) -> None:
    model_server_process.script(calls("send back", "send_back", order="LP-1"))
    ask(page, "Please send back my order LP-1")
    said(page, "Shall I do this for you?")
    assert orders.asked == []
    page.reload()
    page.get_by_role("button", name="Yes", exact=True).click()
    said(page, "Done: Register a return.")
    said(page, "number: RT-77")
    assert [json.loads(one.body) for one in orders.asked] == [{"order": "LP-1"}]


def test_what_staff_decide_comes_into_the_open_chat(
    page: Page, model_server_process: ModelServer, marie
) -> None:
    model_server_process.script(calls("refund", "refund", order="LP-1"))
    ask(page, "Please refund my order LP-1")
    said(page, "passed this on to our team")
    approvals.decline(Call.objects.get(), by=marie, reason="It was delivered.")
    tell_decisions()
    said(page, "Our team has decided against this: Refund.")
    said(page, "It was delivered.")
