"""What an import says once its articles are published: how far the index is, and what is left to do."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from knowledge.models import Document, ImportRun
from tests.browser.importing import waiting_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(User.objects.create_user("edith", role="editor"))
    return client


def shown(browser: Client, run: ImportRun, page: str = "change") -> str:
    return browser.get(f"/admin/knowledge/importrun/{run.pk}/{page}/").content.decode()


def published(browser: Client) -> ImportRun:
    run = waiting_import()
    rows = run.items.filter(state="new").values_list("pk", flat=True)
    browser.post(f"/admin/knowledge/importrun/{run.pk}/decide/", {"decision": "publish", "row": list(rows)})
    assert run.items.filter(decision="published").count() == 2
    return run


def test_it_is_said_how_far_the_assistant_has_read(browser: Client) -> None:
    run = published(browser)
    assert "0 of 2 articles" in shown(browser, run)
    Document.objects.filter(title="Whom do I write to?").update(index_state="ready")
    assert "1 of 2 articles" in shown(browser, run, "state")
    Document.objects.update(index_state="ready")
    page = shown(browser, run)
    assert "2 articles are published, and the assistant answers from them." in page
    assert "Ask it something" in page and "hx-trigger" not in page.split("import-state")[1].split(">")[0]


def test_the_page_does_not_come_anew_while_only_the_index_goes_on(browser: Client) -> None:
    """Somebody may be correcting another row."""
    run = published(browser)
    Document.objects.update(index_state="ready")
    address = f"/admin/knowledge/importrun/{run.pk}/state/"
    assert "HX-Refresh" not in browser.get(f"{address}?indexing=1")
    assert browser.get(address)["HX-Refresh"] == "true"


@pytest.mark.parametrize("code", ["left_stories", "needs_action"])
def test_an_export_that_holds_conversations_leads_to_the_import_of_flows(browser: Client, code: str) -> None:
    run = waiting_import()
    assert "Import flows" not in shown(browser, run)
    run.items.filter(state="left").update(code=code, details={"name": "greet", "action": "a", "number": 3})
    page = shown(browser, run)
    assert "Import flows" in page and "/staff/flows/import-flows/" in page
