"""Scenarios are run from the page of evaluation: begun, watched to their end, read, brought in as a file."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from evaluation.models import Run, Suite
from evaluation.runs.working import work_on
from evaluation.suites.keeping import take_in
from evaluation.suites.yaml_form import SuiteFile
from flows.graph import Graph
from flows.publishing import create_flow, publish, save_draft
from tests.browser.test_everyone_can_read_it import assert_clean
from tests.evaluation.runs.conftest import HELLO, scenario

MINE = "suite: Mine\nscenarios:\n  - name: One\n    turns:\n      - customer: Say hello\n"


@pytest.fixture
def greetings() -> None:
    flow = create_flow(Graph.model_validate(HELLO), author=None)
    publish(flow.pk, author=None)
    drawn = {**HELLO, "nodes": [{"id": "say", "kind": "say", "text": {"en": "Good evening!"}}]}
    save_draft(flow.pk, Graph.model_validate(drawn), author=None)
    take_in(
        SuiteFile(suite="Greetings", scenarios=(scenario(), scenario("Evening", "Good evening"))), author=None
    )


@pytest.fixture
def others() -> None:
    take_in(SuiteFile(suite="Others", scenarios=(scenario("Third"),)), author=None)


def played(pk: int) -> None:
    """By a worker of its own: this thread has the browser's event loop."""

    def work() -> None:
        work_on(pk)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    worker.join()


def test_all_suites_are_ticked_and_none_by_keyboard(lea: Page, greetings: None, others: None) -> None:
    lea.goto("/staff/evaluation/")
    boxes = lea.locator('input[name="suites"]')
    lea.get_by_role("button", name="None", exact=True).press("Enter")
    expect(lea.locator('input[name="suites"]:checked')).to_have_count(0)
    lea.get_by_role("button", name="All", exact=True).press("Space")
    expect(lea.locator('input[name="suites"]:checked')).to_have_count(boxes.count())
    assert_clean(lea)


def test_two_versions_are_compared(lea: Page, greetings: None) -> None:
    lea.goto("/staff/evaluation/")
    assert_clean(lea)
    expect(lea.get_by_label("Model")).to_have_count(2)
    expect(lea.get_by_label("Model").first).to_be_hidden()
    lea.goto("/staff/evaluation/?model=candidate")  # without one, and without a server, no model is offered
    expect(lea.get_by_label("Model").first).to_be_visible()
    lea.get_by_label("Version").select_option("drafts")
    expect(lea.get_by_label("Model").first).to_be_hidden()
    lea.get_by_label("Compared with").select_option("present")
    lea.get_by_role("button", name="Run", exact=True).click()
    expect(lea.get_by_role("heading", level=1)).to_have_text("Under way")
    assert_clean(lea)
    played(Run.objects.get().pk)
    expect(lea.get_by_role("heading", level=1)).to_contain_text("Too few to tell")  # by itself
    expect(lea.locator("#run-said")).to_contain_text("Too few to tell")
    assert_clean(lea)
    lea.get_by_role("link", name="Different on the sides").click()
    lea.get_by_role("link", name="Evening", exact=True).click()
    expect(lea.locator(".played__turn")).to_have_count(2)
    expect(lea.locator('[data-met="no"]')).to_contain_text("Good day!")
    assert_clean(lea)


def test_a_suite_is_brought_in(lea: Page, tmp_path: Path) -> None:
    lea.goto("/staff/evaluation/suites/")
    assert_clean(lea)
    path = tmp_path / "mine.yaml"
    path.write_text(MINE)
    lea.get_by_label("Files").set_input_files(path)
    lea.get_by_role("button", name="Bring in").click()
    expect(lea.get_by_role("status")).to_contain_text("1 new")
    assert Suite.objects.get().name == "Mine"
    lea.get_by_role("link", name=re.compile("Run.*Mine")).click()
    expect(lea.get_by_label("Mine (1 scenario)")).to_be_checked()
