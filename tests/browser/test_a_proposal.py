"""An editor proposes, somebody else approves, and a customer's source says what has changed since."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from conversations.models import Citation
from knowledge.models import Document, Proposal, Source
from tests.browser.asking import answer, ask
from tests.browser.conftest import PASSWORD, QUESTION, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.knowledge.articles import RETURNS, run_waiting_jobs
from tests.knowledge.proposals.people import SIXTY, proposed

LIST = "/admin/knowledge/document/proposals/"


def signed_in(new_page: NewPage, name: str, **look: object) -> Page:
    """An editor's browser."""
    User.objects.filter(username=name).exists() or User.objects.create_user(
        name, password=PASSWORD, role=Role.EDITOR, first_name=name.capitalize()
    )
    page = new_page("/staff/sign-in/?next=/admin/", **look)
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/admin/$"))
    return page


def returns() -> Document:
    return Document.objects.get(title="Returns")


def test_from_an_editors_proposal_to_what_a_customer_reads(new_page: NewPage) -> None:
    Source.objects.update(needs_approval=True)
    customer = new_page("/")
    ask(customer, QUESTION)
    answer(customer)
    customer.locator(".source-chip").first.click()
    source = customer.locator("a.source__link").first.get_attribute("href")
    assert source and "?seen=" in source

    ida = signed_in(new_page, "ida")
    ida.goto(f"/admin/knowledge/document/{returns().pk}/change/")
    expect(ida.get_by_role("button", name="Save and publish")).to_have_count(0)
    ida.locator("#id_body").fill(SIXTY)
    ida.get_by_label("What is changed, and why").fill("It is sixty days now.")
    ida.get_by_role("button", name="Propose").click()
    expect(ida.get_by_text("You have proposed a change")).to_be_visible()
    assert returns().body == RETURNS

    otto = signed_in(new_page, "otto")
    otto.get_by_role("link", name="Changes to approve 1").click()
    otto.get_by_role("link", name="Returns").click()
    expect(otto.locator(".doc-diff ins")).to_have_text("sixty")
    otto.get_by_role("button", name="Publish", exact=True).click()
    expect(otto.get_by_text("Published. Customers can read it")).to_be_visible()
    expect(otto.get_by_text("Nothing waits to be approved.")).to_be_visible()
    run_waiting_jobs()

    customer.goto(source)
    notice = customer.locator(".help-notice--staying")
    expect(notice).to_contain_text("This article changed on")
    expect(notice).to_be_in_viewport()
    expect(customer.locator(".cited").first).to_contain_text("Print the label")
    expect(customer.locator(".help-article__body")).to_contain_text("sixty days")


def test_it_is_withdrawn_beside_the_article(new_page: NewPage) -> None:
    ida = signed_in(new_page, "ida")
    proposed(returns(), by=User.objects.get(username="ida"))
    ida.goto(f"/admin/knowledge/document/{returns().pk}/change/")
    ida.get_by_role("button", name="Withdraw it").click()
    expect(ida.get_by_text("Withdrawn. Nobody is asked")).to_be_visible()
    assert not Proposal.objects.open().exists()


def conflicting() -> Proposal:
    document = returns()
    proposal = proposed(document, title="Sending back")
    document.revisions.create(
        number=2, title="Giving back", body=RETURNS.replace("thirty", "ninety"), fields=proposal.base.fields
    )
    return proposal


def test_each_place_that_both_changed_is_chosen(new_page: NewPage) -> None:
    proposal = conflicting()
    otto = signed_in(new_page, "otto")
    otto.goto(f"{LIST}{proposal.pk}/")
    otto.get_by_role("group", name="Title").get_by_label("As it is proposed").check()
    otto.get_by_role("group", name="Place 1").get_by_label("As the article says it now").check()
    otto.get_by_role("button", name="Show what comes of it").click()
    otto.get_by_text("Correct it first").click()
    otto.get_by_label("Title").fill("Sending it back")
    otto.get_by_role("button", name="Publish with corrections").click()
    expect(otto.get_by_text("Published. Customers can read it")).to_be_visible()
    assert returns_now() == ("Sending it back", True)


def returns_now() -> tuple[str, bool]:
    document = Proposal.objects.get().document
    return document.title, "ninety" in document.body


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, look: dict[str, object]) -> None:
    customer = new_page("/", **{**look, "locale": "en-GB"})
    ask(customer, QUESTION)
    answer(customer)
    customer.locator(".source-chip").first.click()
    source = customer.locator("a.source__link").first.get_attribute("href")
    proposal = conflicting()
    assert source
    customer.goto(source)
    expect(customer.locator(".help-notice--staying")).to_be_visible()
    assert_clean(customer)
    otto = signed_in(new_page, "otto", **look)
    for address in (
        LIST,
        f"{LIST}{proposal.pk}/",
        f"{LIST}{proposal.pk}/?which-title=live&which-text-0=live",
    ):
        otto.goto(address)
        assert_clean(otto, within="#content-main")
    otto.goto(f"/admin/knowledge/document/{proposal.document_id}/change/")
    assert_clean(otto, within=".prop-told")
    otto.goto(f"/staff/citations/{_citation()}/")
    assert_clean(otto)


def _citation() -> int:
    return Citation.objects.latest("pk").pk
