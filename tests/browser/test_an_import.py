"""From a file on an editor's disk to an answer for a customer, through the pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import answer, ask
from tests.browser.conftest import NewPage
from tests.browser.importing import site_source, waiting_import
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.knowledge.articles import run_waiting_jobs
from tests.knowledge.intake.importing import do_jobs

ADD = "/admin/knowledge/importrun/add/"
FAQ = "Question;Réponse\nDo you repair cofee grinders?;Yes, in our workshop in Lyon, within ten days.\n"


def test_a_table_of_questions_becomes_answers(admin: Page, new_page: NewPage, tmp_path) -> None:
    (tmp_path / "faq.csv").write_text(FAQ)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    admin.goto(ADD)
    admin.get_by_label("Drop files or a folder here").set_input_files(
        [tmp_path / "faq.csv", tmp_path / "broken.pdf"]
    )
    expect(admin.locator(".imp-file")).to_have_count(2)
    admin.get_by_role("button", name="Read the files").click()
    expect(admin.get_by_role("heading", name="Waiting for a free worker")).to_be_visible()
    do_jobs()
    expect(admin.get_by_role("link", name="Refused 1")).to_be_visible(timeout=20_000)
    admin.get_by_text("Do you repair cofee grinders?").click()
    admin.get_by_label("Title", exact=True).fill("Do you repair coffee grinders?")
    admin.locator(".imp-edit").get_by_role("button", name="Publish").click()
    expect(admin.get_by_role("link", name="To the article")).to_be_visible()
    run_waiting_jobs(calibrate=True)
    page = new_page()
    ask(page, "Can you repair my coffee grinder?")
    expect(answer(page)).to_contain_text("within ten days")


def test_rows_are_chosen_and_decided_together(admin: Page) -> None:
    run = waiting_import()
    admin.goto(f"/admin/knowledge/importrun/{run.pk}/change/")
    expect(admin.locator(".imp-row")).to_have_count(3)
    expect(admin.get_by_role("button", name="Publish (3)")).to_be_visible()
    admin.get_by_label("Choose Returns").uncheck()
    expect(admin.get_by_role("button", name="Publish (2)")).to_be_visible()
    expect(admin.get_by_label("All on this page")).to_have_js_property("indeterminate", True)
    admin.get_by_role("button", name="Keep as drafts").click()
    expect(admin.get_by_text("Done for 2 documents.")).to_be_visible()
    expect(admin.locator(".imp-row")).to_have_count(1)
    admin.get_by_role("link", name=re.compile("Refused")).click()
    expect(admin.locator(".imp-row")).to_contain_text("It is scanned and holds no text")


def test_a_row_is_corrected_beside_what_becomes_of_it(admin: Page) -> None:
    run = waiting_import()
    admin.goto(f"/admin/knowledge/importrun/{run.pk}/change/")
    row = admin.locator(".imp-row").first
    row.locator(".imp-row__head").click()
    preview = row.get_by_role("region", name="Preview")
    expect(preview).to_have_text("Two years.")
    row.get_by_label("Text", exact=True).fill("## In short\n\n| Lamp | Years |\n|---|---|\n| Aube | 2 |")
    expect(preview.get_by_role("heading", name="In short")).to_be_visible()
    expect(preview.locator("td").first).to_have_text("Aube")
    row.get_by_role("button", name="Save the corrections").click()
    expect(row.get_by_text("Saved.")).to_be_visible()
    expect(row.get_by_role("heading", name="In short")).to_be_visible()


def test_a_site_is_saved_beside_the_button_that_visits_it(admin: Page) -> None:
    site = site_source()
    admin.goto(f"/admin/knowledge/source/{site.pk}/change/")
    expect(admin.get_by_role("button", name="Visit now")).to_be_visible()
    admin.get_by_label("Name", exact=False).first.fill("Another name")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("link", name="Another name").first).to_be_visible()
    site.refresh_from_db()
    assert site.name == "Another name"


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(admin: Page, new_page: NewPage, look: dict[str, object]) -> None:
    run = waiting_import()
    page = new_page(ADD, storage_state=admin.context.storage_state(), **look)
    assert_clean(page, within="#content-main")
    page.goto("/admin/knowledge/importrun/site/")
    assert_clean(page, within="#content-main")
    for shown in ("waiting", "duplicate", "gone", "refused"):
        page.goto(f"/admin/knowledge/importrun/{run.pk}/change/?show={shown}")
        page.locator(".imp-row__head").first.click()
        page.wait_for_timeout(500)
        assert_clean(page, within="#content-main")
