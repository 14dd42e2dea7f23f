"""axe-core (WCAG 2.2 AA) on every screen: dark, and in French at 320 pixels, which is light."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from knowledge.models import Document
from tests.browser.asking import answer, ask
from tests.browser.conftest import QUESTION, NewPage

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # of what is right, it need not tell every element
}
# What moves or is loaded has arrived, also what begins to in the next frames; but for what moves for ever.
ARRIVED = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let still = 0; still < 3;) {
        const moving = document.getAnimations().filter(
            (one) => one.playState === "running" && one.effect.getComputedTiming().endTime < 5000);
        const loads = document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling");
        still = moving.length || loads ? 0 : still + 1;
        await (moving.length ? Promise.allSettled(moving.map((one) => one.finished)) : frame());
    }
}"""
LOOKS: dict[str, dict[str, object]] = {
    "dark": {"color_scheme": "dark"},
    "320 px": {"locale": "fr-FR", "viewport": {"width": 320, "height": 640}},  # French words are longer
}


def assert_clean(page: Page, *, within: str | None = None) -> None:
    """The whole page, or the part of it that is ours: the admin's frame is its theme's."""
    page.evaluate(ARRIVED)
    problems = Axe().run(page, context=within, options=RULES).response["violations"]
    told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in problems]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


@pytest.fixture(params=LOOKS, ids=list(LOOKS))
def look(request: pytest.FixtureRequest) -> dict[str, object]:
    return LOOKS[str(request.param)]


def say(page: Page, text: str) -> None:
    page.locator("#say").fill(text)
    page.keyboard.press("Enter")


def test_the_chat_page(new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page("/", **look)
    page.locator("#state-dot[data-state=online]").wait_for()
    assert_clean(page)
    say(page, QUESTION)
    answer(page)
    assert_clean(page)
    page.locator(".source-chip").first.click()
    assert_clean(page)
    page.keyboard.press("Escape")
    page.locator("[data-score='-1']").click()
    assert_clean(page)
    page.locator("#person").click()
    assert_clean(page)


def test_the_staff_pages(new_page: NewPage, inbox: Page, look: dict[str, object]) -> None:
    customer = new_page("/")
    ask(customer, QUESTION)
    answer(customer)
    page = new_page("/staff/", storage_state=inbox.context.storage_state(), **look)
    assert_clean(page)
    page.locator(".row").first.click()
    page.locator(".trace__summary").click()
    page.locator(".passages").wait_for()
    assert_clean(page)
    for address in ("/staff/?show=waiting", "/staff/playground/"):
        page.goto(address)
        assert_clean(page)
    page.locator("[name=question]").fill(QUESTION)
    page.context.set_offline(True)
    page.locator(".playground__send button").click()
    page.locator("#trouble").wait_for()
    assert_clean(page)


def test_the_help_centre(new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page("/help/en/", **look)
    assert_clean(page)
    for address in (
        Document.objects.get(title="Returns").get_absolute_url(),
        "/help/en/?q=return",
        "/nowhere/",
    ):
        page.goto(address)
        assert_clean(page)


def test_signing_in(new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page("/staff/sign-in/", **look)
    assert_clean(page)
    page.locator("button[type=submit]").click()
    assert_clean(page)
