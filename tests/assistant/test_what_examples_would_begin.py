"""Before a flow is published, it is said what its examples would begin beside what is here."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from assistant.routing import asking
from flows.foreseeing import foreseen
from flows.models import FlowImport
from flows.publishing import as_json, create_flow, read
from tests.assistant.test_flows_beside_each_other import WORKSHOP
from tests.knowledge.articles import publish
from training import running

pytestmark = [pytest.mark.django_db(transaction=True)]
PASSWORD = [
    "I forgot my password", "forgot my password and can't sign in", "I cannot sign in any more",
    "reset my password", "help, my password is gone", "I can't log in, I forgot the password",
]  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    asking.read_anew()
    monkeypatch.setattr("assistant.routing.drafting._kept", {})


def draft(key: str, examples: list[str], **more: Any) -> Any:
    nodes = [{"id": "told", "kind": "say", "text": {"en": "There you are."}}]
    return read({"key": key, "name": {"en": key}, "examples": {"en": examples}, "start": "told",
                 "nodes": nodes, **more})  # fmt: skip


def told(*drafts: Any) -> dict[str, dict[str, dict[str, Any]]]:
    found = foreseen(drafts)
    while found is None:
        found = foreseen(drafts)
    return {key: {one["code"]: one for one in problems} for key, problems in found.items()}


def test_a_flow_that_is_mixed_up_with_another_is_told_with_its_name(
    assistant: Assistant, flows: None
) -> None:
    found = told(read(WORKSHOP))["make_appointment"]["mixed_up"]
    assert "“Book an appointment”: customers are asked which of both they mean" in found["text"]
    assert (found["level"], found["page"]) == ("warning", "/staff/flows/book_appointment/")


def test_what_an_article_answers_is_told(assistant: Assistant, flows: None) -> None:
    title = "I have forgotten my password or cannot sign in"
    publish(title, "Choose “Forgotten” below the form. A mail comes.", external_id="password", language="en")
    running.train_if_changed()
    found = told(draft("password_reset", PASSWORD))["password_reset"]["answered"]
    assert "“I have forgotten my password or cannot sign in” is answered by an article" in found["text"]
    assert found["page"].startswith("/admin/knowledge/document/?q=I+have+forgotten")


def test_examples_that_begin_nothing_are_told_before_anything_is_published(
    assistant: Assistant, flows: None
) -> None:
    odd = ["the weather is nice", "blue", "seven times eight", "my uncle plays chess"]
    assert "of its 5 examples begin nothing" in told(draft("odd", odd))["odd"]["begins_nothing"]["text"]


def test_a_good_flow_is_told_nothing(assistant: Assistant, flows: None) -> None:
    gifts = ["I want to buy a gift card", "sell me a gift voucher", "a gift voucher please",
             "I need a gift card for a birthday", "can I get a gift card for somebody",
             "I'd like to give someone a gift voucher"]  # fmt: skip
    assert "gift" not in told(draft("gift", gifts))
    assert told(draft("called", PASSWORD, begins=False)) == {}


def test_the_first_flows_of_all_are_compared_with_each_other_and_the_articles(
    assistant: Assistant, articles: None
) -> None:
    running.train_if_changed()
    same = {"key": "again", "name": {"en": "Again"}}
    found = told(
        read(WORKSHOP), read({**WORKSHOP, **same, "examples": {"en": WORKSHOP["examples"]["en"][:5]}})
    )
    assert "mixed_up" in found["make_appointment"] or "begins_nothing" in found["make_appointment"]


def test_the_editor_and_the_import_ask_for_it(assistant: Assistant, flows: None, client: Client) -> None:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    create_flow(read(WORKSHOP), author=None)
    kept = FlowImport.objects.create(
        what="bot", found={"flows": [as_json(read(WORKSHOP))], "report": [], "scenarios": [], "webhooks": []}
    )
    told(read(WORKSHOP))
    said = client.get("/staff/flows/make_appointment/examples/").json()
    assert said["known"] and "mixed_up" in {one["code"] for one in said["problems"]}
    said = client.get(f"/staff/flows/import-flows/{kept.pk}/examples/").json()
    assert said["known"] and "mixed_up" in {one["code"] for one in said["flows"]["make_appointment"]}
