"""The figures in a browser: charts that keys and screen readers can follow, in every look, in one's days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from assistant.models import Assistant
from insights.counting import count_changed
from insights.models import Tally, Topic
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_everything_fits import too_wide
from tests.insights.talks import ask, begin, moved, settled

ADDRESS = "/staff/insights/?range=28"


@pytest.fixture
def figures(inbox: Page) -> Page:
    """Two conversations on each of ten days, one of them settled, all of one topic."""
    with transaction.atomic():  # nobody answers what is answered when it is seen
        for days in range(10):
            for ends in (True, False):
                talk = begin(Assistant.objects.get())
                ask(talk)
                if ends:
                    settled(talk)
                moved(talk, timezone.now() - timedelta(days=days, minutes=5))
    count_changed()
    Tally.objects.update(topic=Topic.objects.create(name="Parcels", middle=[1.0], made_by="x"))
    return inbox


def test_a_chart_is_read_by_keys_and_its_table_stands_below(figures: Page) -> None:
    figures.goto(ADDRESS)
    chart = figures.locator("[data-chart=conversations]")
    plot, read = chart.locator(".chart__plot"), chart.locator(".chart__read")
    expect(plot.locator("canvas")).to_be_visible()
    plot.focus()
    figures.keyboard.press("End")
    figures.keyboard.press("ArrowLeft")
    expect(read).to_contain_text("Conversations 2, Resolved without a person 1, A person answered 0")
    table = chart.locator(".chart__table")
    expect(table.locator("tbody")).to_be_hidden()
    table.locator("summary").click()
    expect(table.locator("tbody tr")).to_have_count(28)


def test_a_number_leads_to_its_conversations(figures: Page) -> None:
    figures.goto(ADDRESS)
    figures.get_by_role("link", name="10 assumed").click()
    expect(figures.locator(".row")).to_have_count(10)
    expect(figures.locator(".step-filter")).to_contain_text("Assumed")


def test_days_are_those_of_the_browser(figures: Page, new_page: NewPage) -> None:
    page = new_page(ADDRESS, storage_state=figures.context.storage_state(), timezone_id="America/New_York")
    expect(page.locator(".period__about")).to_contain_text("America/New_York")


def test_without_scripts_the_tables_are_there(figures: Page, new_page: NewPage) -> None:
    page = new_page(ADDRESS, storage_state=figures.context.storage_state(), java_script_enabled=False)
    expect(page.locator("[data-chart=conversations] tbody")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_everyone_can_read_it(figures: Page, new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page(ADDRESS, storage_state=figures.context.storage_state(), **look)
    expect(page.locator("[data-chart=conversations] canvas")).to_be_visible()
    assert_clean(page)
    page.goto(f"/staff/insights/topics/{Topic.objects.get().pk}/")
    assert_clean(page)


def test_it_fits(figures: Page) -> None:
    figures.goto(ADDRESS)
    assert too_wide(figures) == []


def test_topics_are_searched_by_keyboard(figures: Page) -> None:
    figures.goto(ADDRESS)
    figures.keyboard.press("/")
    expect(figures.locator("#topic")).to_be_focused()
    figures.keyboard.type("a/b")
    expect(figures.locator("#topic")).to_have_value("a/b")
    figures.keyboard.press("Enter")
    expect(figures.get_by_role("heading", name="No topic found")).to_be_visible()
    assert "topic=a%2Fb" in figures.url and "range=28" in figures.url
    assert_clean(figures)
    figures.get_by_role("link", name="Show all topics").click()
    expect(figures.get_by_role("rowheader", name="Parcels")).to_be_visible()
