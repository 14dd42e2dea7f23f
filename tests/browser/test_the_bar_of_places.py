"""On a telephone the staff's places are a bar at the bottom that scrolls: it shows that, and the open one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

AT = "links => [links.scrollLeft, links.scrollWidth - links.clientWidth]"
FADES = """links => ["--rail-before", "--rail-behind"].map(
    name => parseFloat(getComputedStyle(links).getPropertyValue(name)))"""
IN_SIGHT = """link => {
    const [own, bar] = [link, link.closest(".rail__links")].map(one => one.getBoundingClientRect());
    return own.left >= bar.left && own.right <= bar.right;
}"""


@pytest.fixture
def telephone(lea: Page) -> Page:
    lea.set_viewport_size({"width": 390, "height": 844})
    return lea


@pytest.mark.parametrize("path", ["/staff/", "/staff/training/", "/staff/evaluation/"])
def test_the_place_that_is_open_stands_in_sight(telephone: Page, path: str) -> None:
    telephone.goto(path)
    assert telephone.locator(".rail__links [aria-current]").evaluate(IN_SIGHT)


def test_it_fades_where_there_are_more_and_nowhere_else(telephone: Page) -> None:
    telephone.goto("/staff/")
    links = telephone.locator(".rail__links")
    at, most = links.evaluate(AT)
    assert at == 0 and most > 50
    before, behind = links.evaluate(FADES)
    assert before == 0 and behind > 20
    links.evaluate("links => { links.scrollLeft = links.scrollWidth; }")
    telephone.wait_for_function("document.querySelector('.rail__links').scrollLeft > 50")
    before, behind = links.evaluate(FADES)
    assert before > 20 and behind == 0


def test_where_all_find_room_nothing_fades(inbox: Page) -> None:
    """An agent has few places."""
    inbox.set_viewport_size({"width": 700, "height": 844})
    links = inbox.locator(".rail__links")
    assert links.evaluate(AT) == [0, 0] and links.evaluate(FADES) == [0, 0]
