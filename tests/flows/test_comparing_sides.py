"""Any two of a flow's versions, its draft, its earlier drafts and what an import found are compared."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from flows.models import Flow, FlowImport
from flows.publishing import publish, read, replace_draft, save_draft
from tests.flows.editing import drawn

pytestmark = pytest.mark.django_db


def named(name: str) -> dict[str, Any]:
    return drawn(name={"en": name, "fr": name})


@pytest.fixture
def history(returns: Flow) -> Flow:
    """Version 1, 2, 3, and a draft that an import took the place of."""
    for name in ("One", "Two", "Three"):
        save_draft(returns.pk, read(named(name)), author=None)
        publish(returns.pk, author=None)
    save_draft(returns.pk, read(named("Mine")), author=None)
    replace_draft(returns.pk, read(named("Imported")), author=None, why="import")
    return returns


def compared(browser: Client, before: str, now: str) -> Any:
    return browser.get("/staff/flows/returns/compare/", {"from": before, "to": now})


def test_any_two_are_compared_either_way_round(browser: Client, history: Flow) -> None:
    kept = f"kept-{history.kept_drafts.get().pk}"
    found = {"flows": [named("Found")], "report": [], "scenarios": [], "webhooks": []}
    brought = f"import-{FlowImport.objects.create(what='shop.zip', found=found).pk}"
    names = {"1": "One", "2": "Two", "3": "Three", "draft": "Imported", kept: "Mine", brought: "Found"}
    for before, now in [("1", "3"), ("3", "1"), ("draft", "2"), (kept, "draft"), ("draft", brought)]:
        said = compared(browser, before, now).json()
        assert said["graph"] == named(names[now])
        assert f"“{names[before]}” → “{names[now]}”" in said["lines"][0]["text"]
    assert compared(browser, "1", "draft").json()["title"] == "What is different from version 1 to the draft"


def test_one_and_the_same_differ_in_nothing(browser: Client, history: Flow) -> None:
    assert compared(browser, "2", "2").json()["lines"] == []


@pytest.mark.parametrize("name", ["", "0", "9", "-3", "kept-0", "kept-999999999", "import-1", "x-1", "²"])
def test_what_is_not_there_is_said(browser: Client, history: Flow, name: str) -> None:
    refused = compared(browser, "draft", name)
    assert refused.status_code == 422
    assert "Choose from the history" in refused.json()["error"]


def test_a_change_far_into_a_text_is_seen(browser: Client, history: Flow) -> None:
    words = "This is a text that goes on and on, so that nobody reads to its end, and there "
    for end in ("all is well.", "nothing is."):
        nodes = [{"id": "why", "kind": "say", "text": {"en": words + end}}]
        save_draft(history.pk, read(drawn(nodes=nodes, slots={}, start="why")), author=None)
        number = publish(history.pk, author=None).number
    (line,) = compared(browser, str(number - 1), str(number)).json()["lines"]
    assert "end, and there all is well.” → " in line["text"]
    assert line["text"].endswith("end, and there nothing is.”")


def test_the_step_that_asks_is_marked_where_its_question_has_changed(browser: Client, returns: Flow) -> None:
    publish(returns.pk, author=None)
    slots = {"reason": {**drawn()["slots"]["reason"], "ask": {"en": "What for?", "fr": "Pourquoi ?"}}}
    save_draft(returns.pk, read(drawn(slots=slots)), author=None)
    assert compared(browser, "1", "draft").json()["nodes"] == {"added": [], "removed": [], "changed": ["why"]}
