"""The staff's calendar in a browser: book by a click, move, cancel; with keys; on a telephone."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from actions.bookings.models import Booking, Hours, Person, Service
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean


@pytest.fixture
def monday(shop: str) -> str:
    """Of the week after next; Anna repairs lamps from nine to five."""
    Hours.objects.bulk_create(Hours(weekday=day, opens=time(9), closes=time(17)) for day in range(5))
    repair = Service.objects.create(
        key="repair", names={"en": "Repair", "fr": "Réparation"}, minutes=60, notice=0
    )
    repair.people.set([Person.objects.create(name="Anna"), Person.objects.create(name="Bruno")])
    today = timezone.now().date()
    return f"{today + timedelta(days=14 - today.weekday()):%Y-%m-%d}"


def press(page: Page, key: str) -> None:
    """Keys are heard once the page is there, and most of them lead to another one."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def book(page: Page, monday: str) -> None:
    page.goto(f"/staff/bookings/?day={monday}&view=day")
    free = page.locator(".entry--free a").first
    box = free.bounding_box()
    assert box
    free.click(position={"x": 40, "y": box["height"] * 2.02 / 8})  # the third of eight hours
    expect(page.locator("#booking-time")).to_have_value("11:00")
    page.locator("#booking-name").fill("Carla")
    page.get_by_role("button", name="Book", exact=True).click()
    page.locator(".entry--booked").wait_for()


def test_a_click_books_another_moves_and_a_third_cancels(inbox: Page, monday: str) -> None:
    book(inbox, monday)
    booking = Booking.objects.get()
    expect(inbox.locator(".flash")).to_contain_text(booking.reference)
    inbox.locator(".entry--booked a").click()
    inbox.locator("#booking-time").fill("15:30")
    inbox.get_by_role("button", name="Move").click()
    expect(inbox.locator(".entry--booked")).to_contain_text("15:30")
    inbox.locator(".entry--booked a").click()
    inbox.get_by_text("Cancel the appointment").click()
    inbox.get_by_role("button", name="Yes, cancel it").click()
    expect(inbox.locator(".flash")).to_contain_text("Cancelled")
    expect(inbox.locator(".entry--booked")).to_have_count(0)


def test_a_time_that_is_taken_offers_others_in_the_form(inbox: Page, monday: str) -> None:
    book(inbox, monday)
    press(inbox, "n")
    inbox.locator("#booking-time").fill("11:30")
    inbox.locator("#booking-person").select_option(label="Anna")
    inbox.locator("#booking-name").fill("Bob")
    inbox.get_by_role("button", name="Book", exact=True).click()
    inbox.locator("[data-at$='12:00']").click()
    expect(inbox.locator("#booking-time")).to_have_value("12:00")
    inbox.keyboard.press("Enter")
    expect(inbox.locator(".entry--booked")).to_have_count(2)


def test_keys_lead_through_the_calendar(inbox: Page, monday: str) -> None:
    inbox.goto(f"/staff/bookings/?day={monday}")
    title = inbox.locator(".bookings__title p")
    first = title.inner_text()
    press(inbox, "ArrowRight")
    expect(title).not_to_have_text(first)
    press(inbox, "ArrowLeft")
    expect(title).to_have_text(first)
    press(inbox, "d")
    expect(inbox.locator(".calendar--day")).to_be_visible()
    press(inbox, "t")
    expect(inbox.locator(".calendar__day--today")).to_be_visible()
    press(inbox, "n")
    expect(inbox.get_by_role("dialog")).to_be_visible()
    press(inbox, "Escape")
    expect(inbox.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, inbox: Page, monday: str, look: dict[str, object]) -> None:
    book(inbox, monday)
    page = new_page("/staff/", storage_state=inbox.context.storage_state(), **look)
    for view in ("day", "week"):
        page.goto(f"/staff/bookings/?day={monday}&view={view}")
        assert_clean(page)
    page.locator(".entry--booked a").click()
    page.locator("#booking .facts").wait_for()
    assert_clean(page)
