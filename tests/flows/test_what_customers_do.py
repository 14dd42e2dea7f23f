"""Counts by step and day, and what the editor makes of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from flows.counting import add, kept, tally
from flows.coverage import coverage, under_way, use_of, with_use
from flows.models import Flow, FlowVersion, StepCount
from flows.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(returns: Flow) -> FlowVersion:
    return publish(returns.pk, author=None)


def reply(steps: str, passed: str, before: dict | None = None, *, day: date | None = None) -> dict:
    """Of “returns”, version 1: the steps that were reached, and what came of it."""
    today = day or timezone.localdate()
    named = [f"returns@1/{step}" for step in steps.split()]
    lines = [line.replace("/", "returns@1/") for line in passed.split(", ")]
    add(tally(named, lines, before, today))
    return kept(lines, today)


def test_what_waits_is_taken_back_when_it_goes_on(version: FlowVersion) -> None:
    long_ago = timezone.localdate() - timedelta(days=5)
    before = reply("why", "begun /why, waits /why", day=long_ago)
    found = coverage(version.pk, since=long_ago)
    assert (found.totals["left"], found.left["why"]["left"], under_way(version.flow_id)) == (1, 1, 1)
    reply("which done", "done /done", before)
    found = coverage(version.pk, since=long_ago)
    assert (found.totals["begun"], found.totals["done"], found.totals["left"]) == (1, 1, 0)
    assert found.ways == {("why", "which"): 1, ("which", "done"): 1}
    assert found.leaving == [] and under_way(version.flow_id) == 0


def test_who_was_asked_today_is_under_way_and_has_not_left(version: FlowVersion) -> None:
    reply("why", "begun /why, waits /why")
    found = coverage(version.pk, since=timezone.localdate())
    assert (found.totals["under_way"], found.totals["left"], found.leaving) == (1, 0, [])


def test_it_costs_one_statement_and_leaves_out_what_is_no_flow_of_ours(version: FlowVersion) -> None:
    with CaptureQueriesContext(connection) as queries:
        add(
            tally(
                ["gone@3/a", "returns@1/why", "returns@9/why"], ["begun gone@3/a"], None, timezone.localdate()
            )
        )
    assert len(queries) == 1
    assert list(StepCount.objects.values_list("kind", "node", "count")) == [("reached", "why", 1)]


def test_the_list_says_how_many_began_and_finished(browser: Client, version: FlowVersion) -> None:
    reply("why", "begun /why, waits /why")
    reply("why which done", "begun /why, done /done")
    assert use_of(with_use(Flow.objects.all()).get(pk=version.flow_id)).begun == 2
    page = browser.get("/staff/flows/").content.decode()
    assert "2 begun" in page and "1 finished" in page


def test_the_editor_gets_numbers_for_steps_and_ways_and_where_people_left(
    browser: Client, version: FlowVersion
) -> None:
    reply("why", "begun /why, cancelled /why")
    reply("why which done", "begun /why, done /done")
    said = browser.get("/staff/flows/returns/customers/?days=7").json()
    assert (said["number"], said["days"], said["versions"]) == (1, 7, [{"number": 1, "is": "published"}])
    assert {one["node"]: one["times"] for one in said["steps"]} == {
        "why": 2,
        "which": 1,
        "sorry": 0,
        "done": 1,
    }
    assert said["leaving"] == [
        {
            "node": "why",
            "kind": "cancelled",
            "text": "Cancelled",
            "times": 1,
            "line": "cancelled returns@1/why",
        }
    ]
    assert said["graph"]["start"] == "why"


def test_a_flow_that_was_never_published_has_nothing_to_show(browser: Client, returns: Flow) -> None:
    assert browser.get("/staff/flows/returns/customers/").json() == {"versions": []}


@pytest.mark.parametrize("query", ["?days=x&version=y", "?days=8&version=99999999999999999999", "?version=٣"])
def test_what_is_asked_for_and_not_there_is_as_if_it_were_not_asked(
    browser: Client, version: FlowVersion, query: str
) -> None:
    said = browser.get(f"/staff/flows/returns/customers/{query}").json()
    assert (said["number"], said["days"]) == (1, 30)
