"""No page is wider than its window, and words stay whole: telephones, tablets, small and usual screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page

from assistant.models import Assistant
from knowledge.models import Document, WrittenQuestions
from tests.browser.conftest import NewPage
from tests.browser.importing import site_source, waiting_import
from tests.knowledge.articles import searchable

WIDTHS = [320, 768, 1024, 1280]
PRICES = """Large lamps come by lorry.

## Prices

| Country | Pick-up point | Home | Express | Free from |
|---|---|---|---|---|
| Switzerland, Liechtenstein | – | €14.90 | €19.90 | €200 |
"""


def too_wide(page: Page) -> list[int]:
    """The widths at which the page scrolls sideways."""
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(width)
    return wide


LINES_OF = """cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    return words.getClientRects().length;
}"""


def lines_of(cell: Locator) -> int:
    return int(cell.evaluate(LINES_OF))


def test_the_admin_fits(admin: Page) -> None:
    article, assistant = Document.objects.get(title="Returns"), Assistant.objects.get()
    long = f"Where do I find the label with the number {'9' * 60} of my parcel?"
    WrittenQuestions.objects.create(document=article, questions=[long, "May I give it back?"], model="m" * 60)
    imported, site = waiting_import(), site_source()
    found: dict[str, list[int]] = {}
    for name, *arguments in (
        ("index",),
        ("knowledge_document_changelist",),
        ("knowledge_document_add",),
        ("knowledge_document_change", article.pk),
        ("knowledge_document_revisions", article.pk),
        ("knowledge_document_compare", article.pk, 1),
        ("knowledge_category_changelist",),
        ("knowledge_source_changelist",),
        ("knowledge_source_change", site.pk),
        ("knowledge_importrun_changelist",),
        ("knowledge_importrun_add",),
        ("knowledge_importrun_site",),
        ("knowledge_importrun_change", imported.pk),
        ("knowledge_job_changelist",),
        ("assistant_assistant_changelist",),
        ("assistant_assistant_change", assistant.pk),
        ("accounts_user_changelist",),
        ("accounts_user_add",),
    ):
        admin.goto(reverse(f"admin:{name}", args=arguments))
        if wide := too_wide(admin):
            found[name] = wide
    assert found == {}


def test_a_table_keeps_its_words_whole_and_scrolls_in_itself(new_page: NewPage) -> None:
    article = searchable("Prices of delivery", PRICES)
    page = new_page(article.get_absolute_url(), viewport={"width": 320, "height": 640})
    assert lines_of(page.get_by_role("columnheader", name="Express")) == 1
    assert too_wide(page) == []


def test_a_wide_table_in_an_answer_leaves_the_other_words_in_the_window(new_page: NewPage) -> None:
    searchable("Prices of delivery", PRICES)
    page = new_page("/", viewport={"width": 320, "height": 640})
    page.get_by_role("textbox").fill("What does delivery to Switzerland cost?")
    page.keyboard.press("Enter")
    page.locator(".cite").first.wait_for()
    body = page.locator(".message--assistant .message__body").last.bounding_box()
    assert body and body["x"] + body["width"] <= 320


CUT = """header => [...header.querySelectorAll("h1, p, #state")]
    .filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    .map(one => one.textContent.trim())"""


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
def test_the_header_of_the_chat_is_cut_nowhere(new_page: NewPage, locale: str) -> None:
    Assistant.objects.update(name="Luce Assistante", company="Maison Lampyre et ses ateliers")
    page = new_page("/", viewport={"width": 320, "height": 640}, locale=locale)
    page.locator("#state-dot[data-state=online]").wait_for()
    page.get_by_role("textbox").fill("I want to talk to a person please, not to a machine")
    page.keyboard.press("Enter")
    page.locator("#state-dot[data-state=waiting]").wait_for()
    assert page.locator(".chat-header").evaluate(CUT) == []
    assert too_wide(page) == []


def test_the_preview_of_an_article_keeps_words_whole(admin: Page) -> None:
    article = searchable("Prices of delivery", PRICES)
    admin.goto(reverse("admin:knowledge_document_change", args=[article.pk]))
    assert lines_of(admin.locator(".md__preview th").filter(has_text="Express")) == 1
