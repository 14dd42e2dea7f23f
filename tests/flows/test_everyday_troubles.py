"""What deals with everyday troubles is listed, changed in the editor like any flow, and put back."""

from __future__ import annotations

import pytest
from django.test import Client

from flows import publishing
from flows.models import Flow
from flows.shelves import shelf
from flows.state import State
from flows.troubles import troubles
from tests.flows.editing import send

pytestmark = pytest.mark.django_db
PAGE = "/staff/flows/everyday-troubles/"


def cancelled_says() -> str:
    """What customers get."""
    _version, flow = shelf(State()).repair("cancelled")
    return str(flow.nodes[0].text["en"])


@pytest.fixture
def changed(browser: Client) -> Flow:
    """Somebody opened one, wrote other words and published them."""
    browser.post(f"{PAGE}cancelled/open/")
    flow = Flow.objects.get(key="repair_cancelled")
    nodes = [{**flow.draft["nodes"][0], "text": {"en": "Stopped.", "fr": "Arrêté."}}]
    publishing.save_draft(flow.pk, publishing.read({**flow.draft, "nodes": nodes}), author=None)
    publishing.publish(flow.pk, author=None)
    return flow


def test_each_is_told_in_plain_words_as_delivered(browser: Client) -> None:
    page = browser.get(PAGE).content.decode()
    assert page.count("As delivered") == len(troubles()) == 8
    assert "A customer wants to stop in the middle of a flow." in page
    assert "All right, I have stopped there" in page
    assert "Back to the delivered one" not in page


def test_one_opens_in_the_editor_and_is_as_delivered_until_somebody_changes_it(browser: Client) -> None:
    assert browser.post(f"{PAGE}cancelled/open/").headers["Location"] == "/staff/flows/repair_cancelled/"
    assert browser.get("/staff/flows/repair_cancelled/").status_code == 200
    assert browser.post(f"{PAGE}cancelled/open/").headers["Location"] == "/staff/flows/repair_cancelled/"
    assert not any(one.differs for one in troubles())


def test_what_is_changed_is_what_customers_get_and_says_so(browser: Client, changed: Flow) -> None:
    page = browser.get(PAGE).content.decode()
    assert "Changed by you" in page
    assert "Stopped." in page
    assert cancelled_says() == "Stopped."


def test_a_change_that_is_not_published_says_so(browser: Client) -> None:
    flow = Flow.objects.get(pk=_opened(browser).pk)
    draft = {**flow.draft, "nodes": [{**flow.draft["nodes"][0], "text": {"en": "No.", "fr": "Non."}}]}
    publishing.save_draft(flow.pk, publishing.read(draft), author=None)
    assert "Changed by you, not published" in browser.get(PAGE).content.decode()
    assert cancelled_says().startswith("All right")


def test_the_delivered_one_comes_back_and_the_own_one_is_kept(browser: Client, changed: Flow) -> None:
    page = browser.post(f"{PAGE}cancelled/delivered/", follow=True).content.decode()
    assert "Customers get the delivered flow again" in page
    assert cancelled_says().startswith("All right")
    (kept,) = browser.get("/staff/flows/repair_cancelled/versions/").json()["kept"]
    send(browser, "POST", f"repair_cancelled/kept/{kept['id']}/bring-back/", {})
    changed.refresh_from_db()
    assert changed.draft["nodes"][0]["text"]["en"] == "Stopped."
    assert changed.kept_drafts.count() == 2  # the delivered one, in its turn


def test_an_archived_one_begins_as_delivered_again(browser: Client, changed: Flow) -> None:
    publishing.archive(changed.pk)
    assert not any(one.differs for one in troubles())
    browser.post(f"{PAGE}cancelled/open/")
    changed.refresh_from_db()
    assert changed.archived_at is None
    assert changed.draft["nodes"][0]["text"]["en"].startswith("All right")
    assert changed.kept_drafts.get().draft["nodes"][0]["text"]["en"] == "Stopped."


def test_no_more_than_twenty_earlier_drafts_are_kept(browser: Client) -> None:
    flow = _opened(browser)
    for number in range(publishing.MOST_KEPT + 3):
        graph = publishing.read({**flow.draft, "name": {"en": f"Name {number}"}})
        publishing.replace_draft(flow.pk, graph, author=None, why="import")
    assert flow.kept_drafts.count() == publishing.MOST_KEPT
    assert flow.kept_drafts.order_by("-pk")[0].draft["name"]["en"] == "Name 21"


def test_there_is_no_trouble_of_another_name(browser: Client) -> None:
    assert browser.post(f"{PAGE}hunger/open/").status_code == 404


def _opened(browser: Client) -> Flow:
    browser.post(f"{PAGE}cancelled/open/")
    return Flow.objects.get(key="repair_cancelled")
