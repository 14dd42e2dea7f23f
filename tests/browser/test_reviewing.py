"""Reviewing by keyboard, and a wrong answer from the complaint to what is right, its customer watching."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from accounts.models import User
from conversations.models import Message
from evaluation.corrections import proving
from evaluation.models import Correction, ReviewItem
from evaluation.reviews.picking import note
from tests.browser.asking import ANSWERED, ask, online
from tests.browser.conftest import PASSWORD, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.knowledge.articles import run_waiting_jobs

DOG = "Can I bring my dog into the shop?"
RIGHT = "Dogs are welcome in all our shops, as long as they are on a lead."


@pytest.fixture
def editor(shop: str) -> User:
    return User.objects.create_user("edith", first_name="Edith", role="editor", password=PASSWORD)


def signed_in(new_page: NewPage, **look: object) -> Page:
    page = new_page("/staff/review/", **look)
    page.locator("[name=username]").fill("edith")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def asked_in_vain(page: Page, *questions: str) -> None:
    online(page)
    for number, question in enumerate(questions, 1):
        ask(page, question)
        answered = page.locator("article.message--assistant[data-message]")
        expect(answered).to_have_count(number, timeout=ANSWERED)
        expect(page.locator("#stop")).to_be_hidden(timeout=ANSWERED)
    for found in Message.objects.filter(kind="assistant"):
        note(found, ["declined"])


def check_due() -> None:
    try:
        assert proving.check_due() == 1
    finally:
        connection.close()


def listens(page: Page, question: str) -> None:
    """The answer to it is shown, one comes after it, and the page's script has found both."""
    expect(page.locator("#question")).to_have_text(question)
    expect(page.locator("#skip")).to_be_visible()


def test_by_keyboard(new_page: NewPage, editor: User) -> None:
    asked_in_vain(new_page("/"), DOG, "Do you sell tractors?")
    page = signed_in(new_page)
    listens(page, "Do you sell tractors?")
    page.keyboard.press("n")
    expect(page.locator("#question")).to_have_text(DOG)
    page.wait_for_load_state("load")
    page.keyboard.press("p")
    listens(page, "Do you sell tractors?")
    page.keyboard.press("r")
    page.keyboard.type("1 for all: none is sold")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator("#question")).to_have_text(DOG)
    page.wait_for_load_state("load")
    done = ReviewItem.objects.get(state="done").reviews.get()
    assert (done.verdict, done.note) == ("right", "1 for all: none is sold")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_hidden()
    page.keyboard.press("x")
    expect(page.get_by_text("Nothing is left to review")).to_be_visible()


def test_what_many_ask_is_one_row_and_the_rail_says_how_many_rows(new_page: NewPage, editor: User) -> None:
    asked_in_vain(new_page("/"), DOG, DOG.lower(), "Do you sell tractors?")
    page = signed_in(new_page)
    listens(page, "Do you sell tractors?")
    expect(page.locator(".review-queue__row")).to_have_count(2)
    expect(page.get_by_role("link", name="Review , 2 to do")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("#question")).to_contain_text("bring my dog", ignore_case=True)
    expect(page.get_by_text("1 other asked exactly this.")).to_be_visible()
    page.get_by_role("link", name="Each by itself").click()
    expect(page.locator(".review-queue__row")).to_have_count(2)
    page.get_by_role("link", name="All questions").click()
    listens(page, "Do you sell tractors?")
    page.keyboard.press("n")
    expect(page.get_by_text("1 other asked exactly this.")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("x")
    expect(page.get_by_text("2 answers are passed over. They can be put back")).to_be_visible()
    assert list(ReviewItem.objects.filter(state="open").values_list("message__turn__question__text")) == [
        ("Do you sell tractors?",)
    ]


def test_the_answer_is_shown_in_its_conversation(new_page: NewPage, editor: User) -> None:
    asked_in_vain(new_page("/"), DOG)
    page = signed_in(new_page)
    page.locator("#open-conversation").click()
    found = Message.objects.get(kind="assistant")
    expect(page.locator(f".thread__item--sought [data-message='{found.pk}']")).to_be_visible(timeout=ANSWERED)


def test_from_the_complaint_to_what_is_right(new_page: NewPage, editor: User) -> None:
    customer = new_page("/")
    asked_in_vain(customer, DOG)
    customer.get_by_role("button", name="This answer was not helpful").click()
    customer.locator(".rating .chip", has_text="It is wrong").click()
    customer.locator(".rating").get_by_role("button", name="Send").click()
    page = signed_in(new_page)
    page.get_by_role("link", name="Correct it").click()
    expect(page.locator("[name=verdict][value=incorrect]")).to_be_checked()
    page.get_by_label("The right answer", exact=True).fill(RIGHT)
    page.get_by_label("Title of the article").fill("Dogs in our shops")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("The question is being asked…")).to_be_visible()
    run_waiting_jobs()  # what the worker does
    with ThreadPoolExecutor(1) as worker:  # playwright's loop runs in this thread
        worker.submit(check_due).result()
    expect(page.get_by_role("heading", name="Right now")).to_be_visible()
    expect(customer.get_by_role("region", name="Correction")).to_contain_text(RIGHT)
    assert Correction.objects.get().state == "right"
    ask(customer, DOG)
    expect(customer.locator("article.message--assistant").last).to_contain_text("on a lead", timeout=ANSWERED)


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_its_pages_can_be_read(new_page: NewPage, editor: User, look: dict[str, object]) -> None:
    asked_in_vain(new_page("/"), DOG)
    page = signed_in(new_page, **look)
    assert_clean(page)
    found = Message.objects.get(kind="assistant")
    page.goto(f"/staff/review/{found.pk}/correct/")
    assert_clean(page)
    page.locator("[name=right_answer]").fill(RIGHT)
    page.locator(".correct__send button").last.click()
    page.wait_for_url("**/corrections/*/")
    assert_clean(page)
    for path in (
        "/staff/review/corrections/", "/staff/review/corrections/?state=mine", "/staff/review/agreement/",
        "/staff/review/",
    ):  # fmt: skip
        page.goto(path)
        assert_clean(page)
