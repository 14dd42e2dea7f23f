"""The page of changes: readable in every look and width, and each number leads to its conversations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.audit.rows import AuditEntry
from assistant.models import Assistant, Guidance
from flows.models import Flow
from insights.counting import count_changed
from insights.models import Tally, Topic
from knowledge.models import Document, ImportItem, ImportRun, Source
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_everything_fits import too_wide
from tests.insights.talks import ask, begin, moved

ADDRESS = "/staff/insights/changes/?range=28"
LONG = "How long one may bring back what was bought in one of our shops or on our pages"


def changed(kind: str, key: object, action: str, name: str, **after: object) -> None:
    app = {"document": "knowledge", "importrun": "knowledge", "flow": "flows"}.get(kind, "assistant")
    AuditEntry.objects.create(
        at=timezone.now() - timedelta(days=5), who_name="Marie", action=action, app=app, kind=kind,
        key=str(key), label=name, via="page", after=after,
    )  # fmt: skip


@pytest.fixture
def changes(inbox: Page) -> Page:
    """One change of each kind; before them questions failed, since then they are answered."""
    rule = Guidance.objects.create(text="Always say until when.", about="returns", enabled=True)
    Flow.objects.create(key="returns", draft={})
    with transaction.atomic():  # nobody answers what is answered when it is seen
        for hours in range(2, 240, 10):
            well = hours < 120
            talk = begin(Assistant.objects.get())
            ask(talk, outcome="answered" if well else "declined", followed=(rule.pk,))
            moved(talk, timezone.now() - timedelta(hours=hours))
            talk = begin(Assistant.objects.get())
            passed = ("done returns@1/end",) if well else ()
            ask(talk, outcome="guided", kind="flow", steps=("returns@1/order",), passed=passed)
            moved(talk, timezone.now() - timedelta(hours=hours))
    count_changed()
    Tally.objects.update(topic=Topic.objects.create(name="Parcels", middle=[1.0], made_by="x"))
    article = Document.objects.get(title="Returns")
    run = ImportRun.objects.create(source=Source.objects.create(name="Files"), what="shop.zip")
    for number in range(5):
        ImportItem.objects.create(
            run=run, number=number, state="new", title=LONG, decision="published", document=article
        )
    changed("document", article.pk, "published", LONG)
    changed("importrun", run.pk, "imported", "shop.zip", published=5)
    changed("flow", "returns", "published", "returns")
    changed("guidance", rule.pk, "changed", rule.text)
    changed("assistant", Assistant.objects.get().pk, "changed", "Luce", answer_model="large")
    return inbox


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_everyone_can_read_it(changes: Page, new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page(ADDRESS, storage_state=changes.context.storage_state(), **look)
    expect(page.locator(".effect", has_text="shop.zip")).to_be_visible()
    assert_clean(page)
    page.goto("/staff/insights/changes/?since=2020-01-01&until=2020-01-02")
    expect(page.locator(".blank")).to_be_visible()
    assert_clean(page)


def test_it_fits_and_its_numbers_lead_on(changes: Page) -> None:
    changes.goto(ADDRESS)
    assert too_wide(changes) == []
    flow = changes.locator(".effect", has_text="Flow published")
    expect(flow).to_contain_text("conversations in which it ran")
    flow.get_by_role("link", name="Those that did not").first.click()
    expect(changes.locator(".step-filter")).to_contain_text("What a change concerns, and did not go well")
    expect(changes.locator(".row")).to_have_count(12)
