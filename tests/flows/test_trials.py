"""A version for a share of the conversations: who gets it, who keeps what, and how it ends."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client
from django.utils import timezone

from assistant.routing import samples
from flows import publishing
from flows.chance import difference
from flows.counting import add
from flows.coverage import Use
from flows.models import Flow
from flows.publishing import FlowError
from flows.shelves import lot, shelf
from flows.state import Frame, State
from flows.trials import verdict
from tests.flows.editing import drawn, send

pytestmark = pytest.mark.django_db

INSIDE = next(name for name in map(str, range(999)) if lot(name, "returns") < 20)
OUTSIDE = next(name for name in map(str, range(999)) if lot(name, "returns") >= 20)


@pytest.fixture
def tried(returns: Flow) -> Flow:
    """Version 1 is published, 2 on trial."""
    publishing.publish(returns.pk, author=None)
    graph = publishing.read(drawn(name={"en": "Send it back", "fr": "Renvoyer"}))
    publishing.save_draft(returns.pk, graph, author=None)
    publishing.begin_trial(returns.pk, share=20, author=None)
    returns.refresh_from_db()
    return returns


def begun_by(conversation: str) -> int | None:
    found = shelf(State(), conversation=conversation).current("returns")
    return found[0] if found else None


def test_a_share_of_the_conversations_gets_it_and_always_the_same(tried: Flow) -> None:
    assert begun_by(INSIDE) == begun_by(INSIDE) == 2
    assert begun_by(OUTSIDE) == 1
    assert begun_by("") == 1  # the playground is no conversation


def test_lots_are_spread_evenly_and_differ_between_flows() -> None:
    drawn_lots = Counter(lot(str(number), "returns") < 20 for number in range(5000))
    assert 900 < drawn_lots[True] < 1100
    both = sum(lot(str(number), "returns") < 20 and lot(str(number), "order") < 20 for number in range(5000))
    assert 130 < both < 270


def test_who_is_in_the_middle_of_a_version_keeps_it(tried: Flow) -> None:
    before = State((Frame("returns", 1, "why"),))
    assert shelf(before, conversation=INSIDE).flow("returns", 1) is not None
    publishing.end_trial(tried.pk)
    middle = State((Frame("returns", 2, "why"),))
    assert shelf(middle, conversation=INSIDE).flow("returns", 2) is not None
    assert begun_by(INSIDE) == 1


def test_it_is_published_for_everybody(tried: Flow) -> None:
    assert publishing.publish_trial(tried.pk).number == 2
    tried.refresh_from_db()
    assert (begun_by(OUTSIDE), tried.trial, tried.trial_share) == (2, None, 0)
    with pytest.raises(FlowError, match="on trial"):
        publishing.end_trial(tried.pk)


def test_a_larger_share_keeps_those_that_had_it(tried: Flow) -> None:
    publishing.change_share(tried.pk, share=60)
    assert begun_by(INSIDE) == 2
    with pytest.raises(FlowError, match="from 1 to 99"):
        publishing.change_share(tried.pk, share=100)


def test_publishing_something_else_ends_it(tried: Flow) -> None:
    publishing.save_draft(tried.pk, publishing.read(drawn(begins=False)), author=None)
    publishing.publish(tried.pk, author=None)
    tried.refresh_from_db()
    assert (tried.trial, begun_by(INSIDE)) == (None, 3)


def test_what_customers_get_already_is_not_tried(returns: Flow) -> None:
    publishing.publish(returns.pk, author=None)
    with pytest.raises(FlowError, match="nothing to try"):
        publishing.begin_trial(returns.pk, share=20, author=None)


def test_a_new_flow_on_trial_is_begun_by_its_share_alone_and_known_to_the_router(returns: Flow) -> None:
    before = samples.signature("x")
    publishing.begin_trial(returns.pk, share=20, author=None)
    assert (begun_by(INSIDE), begun_by(OUTSIDE)) == (1, None)
    assert samples.signature("x") != before
    assert ("I want to return this", "returns") in {(one.text, one.label) for one in samples.gather()}


def test_the_editor_begins_shows_and_ends_a_trial(browser: Client, returns: Flow) -> None:
    send(browser, "POST", "returns/publish/", {"note": "", "seen": 0})
    send(browser, "PUT", "returns/draft/", {"graph": drawn(begins=False), "seen": 0})
    said = send(browser, "POST", "returns/publish/", {"note": "", "seen": 1, "share": 30}).json()
    assert said["state"]["text"] == "Version 1 is out, 2 on trial, 30 %"
    today = timezone.localdate()
    add({("returns", 2, today, "begun", "why", ""): 4, ("returns", 2, today, "done", "done", ""): 3})
    told = browser.get("/staff/flows/returns/versions/").json()
    assert told["trial"]["sides"] == [
        {"number": 2, "begun": 4, "done": 3},
        {"number": 1, "begun": 0, "done": 0},
    ]
    assert told["trial"]["verdict"].startswith("Too few")
    assert send(browser, "POST", "returns/trial/share/", {"share": 50}).status_code == 200
    assert send(browser, "POST", "returns/trial/share/", {"share": 0}).status_code == 400
    assert send(browser, "POST", "returns/trial/publish/", {}).json()["state"]["name"] == "published"
    assert send(browser, "POST", "returns/trial/end/", {}).status_code == 422


def test_nothing_is_claimed_of_too_few_nor_of_chance() -> None:
    assert verdict(Use(29, 29), Use(1000, 10)).startswith("Too few")
    assert verdict(Use(100, 52), Use(400, 200)).startswith("No difference")
    assert (
        verdict(Use(200, 160), Use(800, 400))
        == "The trial is finished more often: by 23 to 36 points of 100."
    )
    assert verdict(Use(200, 60), Use(800, 400)).startswith("The trial is finished less often: by 1")
    assert verdict(Use(200, 60), None).startswith("There is nothing to compare")


def test_the_interval_is_that_of_the_paper() -> None:
    """Newcombe 1998, table II, contrast (a): 56/70 against 48/80, method 10."""
    found = difference(56, 70, 48, 80)
    assert found is not None
    assert [round(bound, 4) for bound in found] == [0.0524, 0.3339]
