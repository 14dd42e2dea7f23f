"""A flow is withdrawn, archived and brought back, or deleted, once it is said what depends on it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from flows import publishing
from flows.counting import add
from flows.library import Shelf
from flows.models import Flow, StepCount
from flows.publishing import FlowError
from flows.references import references_to
from flows.shelves import shelf
from flows.state import Frame, SetSlot, State
from tests.flows.editing import drawn
from tests.flows.talking import Talk

pytestmark = pytest.mark.django_db

MIDDLE = State((Frame("returns", 1, "why", waiting="slot", trail=("why",)),))


@pytest.fixture
def published(returns: Flow) -> Flow:
    publishing.publish(returns.pk, author=None)
    return returns


def calling(*, publish: bool) -> Flow:
    nodes = [{"id": "call", "kind": "call", "flow": "returns", "next": "end"},
             {"id": "end", "kind": "end", "text": {"en": "Bye", "fr": "Au revoir"}}]  # fmt: skip
    graph = drawn(key="shop", name={"en": "Shop", "fr": "Boutique"}, nodes=nodes, start="call", slots={})
    flow = publishing.create_flow(publishing.read(graph), author=None)
    if publish:
        publishing.publish(flow.pk, author=None)
    return flow


def test_it_is_said_what_depends_on_it(browser: Client, published: Flow) -> None:
    calling(publish=True)
    add({("returns", 1, timezone.localdate(), "waits", "why", ""): 2})
    assert [(one.name, one.published) for one in references_to(published).callers] == [("Shop", True)]
    page = browser.get("/staff/flows/returns/remove/").content.decode()
    for words in (
        "Customers can begin it",
        "2 conversations are in the middle of it",
        "Shop",
        "would be stopped",
    ):
        assert words in page
    assert "Delete for good" not in page


def test_withdrawing_is_offered_where_one_looks_and_says_what_happens(
    browser: Client, published: Flow
) -> None:
    address = "/staff/flows/returns/remove/?do=withdraw"
    for page in ("/staff/flows/", "/staff/flows/returns/"):
        assert address in browser.get(page).text
    add({("returns", 1, timezone.localdate(), "waits", "why", ""): 2})
    asked = browser.get(address).text
    assert "from customers?" in asked and "2 conversations are in the middle of it" in asked
    assert "Whoever is in the middle of it finishes it" in asked and ">Archive" not in asked
    browser.post("/staff/flows/returns/remove/", {"do": "withdraw"})
    published.refresh_from_db()
    assert published.published is None
    assert address not in browser.get("/staff/flows/").text


def test_a_draft_that_calls_it_is_told_apart(published: Flow) -> None:
    calling(publish=False)
    assert [one.published for one in references_to(published).callers] == [False]


def test_an_archived_flow_leaves_the_list_and_comes_back(browser: Client, published: Flow) -> None:
    shown = browser.post("/staff/flows/returns/remove/", {"do": "archive"}, follow=True).content.decode()
    assert "“Return an item” is archived." in shown and "1 archived flow" in shown
    assert 'class="flows__name"' not in shown
    assert "Return an item" in browser.get("/staff/flows/?show=archived").content.decode()
    assert not shelf(State()).published
    with pytest.raises(FlowError, match="archived"):
        publishing.publish(published.pk, author=None)
    browser.post("/staff/flows/returns/bring-back/")
    assert publishing.publish(published.pk, author=None).number == 1


def test_whoever_is_in_the_middle_of_an_archived_flow_finishes_it(published: Flow) -> None:
    publishing.archive(published.pk)
    talk = Talk(shelf(MIDDLE), state=MIDDLE)
    assert "Send it" in talk.hear(SetSlot("reason", "other"))


def test_whoever_is_in_the_middle_of_a_deleted_flow_is_told_so_and_offered_a_person(published: Flow) -> None:
    publishing.archive(published.pk)
    publishing.delete(published.pk)
    assert not StepCount.objects.exists()
    talk = Talk(Shelf(), state=MIDDLE)
    assert "somebody from our team" in talk.hear(SetSlot("reason", "other"))
    assert talk.over_with == [("returns", "lost")]


def test_only_what_was_never_published_or_is_archived_is_deleted(browser: Client, published: Flow) -> None:
    refused = browser.post("/staff/flows/returns/remove/", {"do": "delete"})
    assert "Archive it before" in refused.content.decode() and Flow.objects.exists()
    publishing.archive(published.pk)
    browser.post("/staff/flows/returns/remove/", {"do": "delete"})
    assert not Flow.objects.exists()


def test_a_draft_is_deleted_at_once(browser: Client, returns: Flow) -> None:
    said = browser.post("/staff/flows/returns/remove/", {"do": "delete"}, follow=True).content.decode()
    assert "“Return an item” is deleted." in said and not Flow.objects.exists()


def test_importing_an_archived_flow_again_brings_it_back(published: Flow) -> None:
    from flows.importing import take

    publishing.archive(published.pk)
    assert take([publishing.read(drawn())], replace=True, author=None)["changed"] == 1
    assert Flow.objects.in_use().exists()


@pytest.mark.parametrize("draft", [{}, {"nodes": 5}, {"nodes": [5, {"kind": "call"}]}, {"name": "x"}])
def test_a_draft_of_any_form_does_not_break_the_page(browser: Client, published: Flow, draft: object) -> None:
    Flow.objects.create(key="old", draft=draft)
    assert browser.get("/staff/flows/returns/remove/").status_code == 200
    assert browser.get("/staff/flows/old/remove/").status_code == 200
