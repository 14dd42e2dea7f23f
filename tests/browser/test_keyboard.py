"""Everything without a mouse, and the focus always where one would look for it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.asking import answer, ask, online
from tests.browser.conftest import QUESTION, NewPage


def tab_to(page: Page, selector: str, *, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def test_a_question_a_source_and_a_rating_without_a_mouse(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    tab_to(page, "#say")
    page.keyboard.type("One line")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_label("Your message")).to_have_value("One line\n")
    page.get_by_label("Your message").fill(QUESTION)
    page.keyboard.press("Enter")
    answer(page)
    page.locator("#thread-frame").focus()
    tab_to(page, ".source-chip")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Sources of this answer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".source-chip").first).to_be_focused()
    tab_to(page, "[data-score='-1']")
    page.keyboard.press("Enter")
    expect(page.locator(".thread").get_by_text("Thank you for telling us")).to_be_visible()
    expect(page.locator(".rating input").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".rating")).to_have_count(0)
    expect(page.locator("[data-score='-1']")).to_be_focused()


def test_asking_for_a_person_returns_the_focus_when_it_is_dismissed(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    tab_to(page, "#person")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Talk to a person")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#person")).to_be_focused()


def test_a_finished_answer_is_announced_once(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    page.evaluate(
        """() => { window.heard = [];
        new MutationObserver(() => { const said = document.getElementById("announcer").textContent;
          if (said) window.heard.push(said); }).observe(document.getElementById("announcer"),
          {childList: true, characterData: true, subtree: true}); }"""
    )
    ask(page, QUESTION)
    answer(page)
    expect(page.locator("#announcer")).to_contain_text("Print the label")
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert "Print the label" in heard[0]
