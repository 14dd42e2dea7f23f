"""The page of jobs, by keyboard: it follows what happens, and a failed job is tried again."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from background import canary
from knowledge.models import Job, Source
from tests.browser.conftest import PASSWORD, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean

PAGE = "/staff/jobs/"


@pytest.fixture
def failed(shop: str) -> Job:
    return Job.objects.create(
        kind="calibration",
        source=Source.objects.get(),
        state="failed",
        error="timeout",
        finished_at=timezone.now(),
    )


def test_a_failed_job_is_tried_again_by_keyboard_and_the_page_follows_it(lea: Page, failed: Job) -> None:
    lea.goto(PAGE)
    row = lea.locator(".jobs__row")
    expect(row).to_contain_text("The model did not begin to answer in time")
    row.get_by_role("button", name="Try again").focus()
    lea.keyboard.press("Enter")
    expect(lea.get_by_text("It is tried again as soon as a worker is free.")).to_be_visible()
    expect(row).to_contain_text("Waiting")
    Job.objects.filter(state="queued").update(state="running", heartbeat_at=timezone.now())
    expect(row).to_contain_text("Running", timeout=15_000)
    Job.objects.filter(state="running").update(state="done", finished_at=timezone.now())
    expect(lea.get_by_role("heading", name="Nothing is to be done")).to_be_visible(timeout=15_000)


def test_a_worker_that_comes_back_is_heard_of(lea: Page) -> None:
    canary.note(rung_at=timezone.now(), unanswered_at=timezone.now())
    lea.goto(PAGE)
    expect(lea.locator("#jobs")).to_contain_text("The worker has never done anything")
    now = timezone.now()
    canary.note(rung_at=now, done_at=now, worked_at=now, alive_at=now, unanswered_at=None)
    expect(lea.locator("#jobs-said")).to_have_text("The worker works", timeout=15_000)


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, failed: Job, look: dict[str, object]) -> None:
    User.objects.create_user("lea", password=PASSWORD, role=Role.EDITOR)
    page = new_page("/staff/jobs/", **look)
    page.locator("[name=username]").fill("lea")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".jobs__row").wait_for()
    assert_clean(page)
