"""Two who review at once: what a colleague does is said over the page; nothing moves until one wants it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from evaluation.models import Correction, ReviewItem
from evaluation.reviews import reviewing
from tests.browser.conftest import PASSWORD, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_reviewing import DOG, asked_in_vain, listens, signed_in

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as when somebody comes back to the page


@pytest.fixture
def editor(shop: str) -> User:
    return User.objects.create_user("edith", first_name="Edith", role="editor", password=PASSWORD)


@pytest.fixture
def colin(shop: str) -> User:
    return User.objects.create_user("colin", first_name="Colin", role="agent")


def test_in_the_middle_of_a_judgement(new_page: NewPage, editor: User, colin: User) -> None:
    customer = new_page("/")
    asked_in_vain(customer, DOG, "Do you sell tractors?")
    page = signed_in(new_page)
    listens(page, "Do you sell tractors?")
    page.keyboard.press("r")
    page.keyboard.type("None is so")
    tractors = ReviewItem.objects.get(message__turn__question__text="Do you sell tractors?")
    reviewing.judge(tractors, reviewer=colin, verdict="incorrect")
    page.evaluate(LOOK)
    expect(page.locator("#news-answer")).to_have_text("Colin has reviewed it: It is wrong.")
    expect(page.locator("#news-list")).to_have_text("1 no longer in this list")
    page.keyboard.type("ld")
    expect(page.locator("#judging [name=remark]")).to_have_value("None is sold")
    expect(page.locator(".review-queue__row")).to_have_count(2)
    page.locator("#news-show").click()
    expect(page.locator(".review-queue__row")).to_have_count(1)
    expect(page.locator("#judging [name=remark]")).to_have_value("None is sold")
    page.locator("#news-close").click()
    expect(page.locator("#news")).to_be_hidden()
    page.evaluate(LOOK)
    page.keyboard.press("n")  # by keyboard, one goes on in the list that is shown now
    expect(page.locator("#question")).to_have_text(DOG)


def test_a_correction_turns_green(new_page: NewPage, editor: User) -> None:
    asked_in_vain(new_page("/"), DOG)
    item = ReviewItem.objects.get()
    Correction.objects.create(
        message=item.message, assistant=item.message.conversation.assistant, question=DOG, language="en",
        cause="other",
    )  # fmt: skip
    page = signed_in(new_page)
    page.get_by_role("link", name="Corrections").click()
    expect(page.locator(".correct__row")).to_have_count(1)
    page.wait_for_load_state("load")
    Correction.objects.update(state="right")
    page.evaluate(LOOK)
    expect(page.locator("#news-list")).to_have_text("1 no longer in this list")
    page.locator("#news-show").click()
    expect(page.get_by_role("heading", name="None here")).to_be_visible()
    expect(page.locator("#news")).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, editor: User, colin: User, look: dict[str, object]) -> None:
    asked_in_vain(new_page("/"), DOG)
    page: Page = signed_in(new_page, **look)
    expect(page.locator("#question")).to_have_text(DOG)
    page.wait_for_load_state("load")
    reviewing.judge(ReviewItem.objects.get(), reviewer=colin, verdict="incorrect")
    page.evaluate(LOOK)
    expect(page.locator("#news")).to_be_visible()
    assert_clean(page)
