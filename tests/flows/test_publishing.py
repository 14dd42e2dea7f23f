"""Only a flow that customers do not get stuck in is published."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flows import publishing
from flows.known_actions import KnownAction, Parameter
from flows.models import Flow, FlowVersion
from flows.publishing import FlowError, Unfinished, create_flow, save_draft
from tests.flows.shop import OPENING, ORDER, RETURN, flow

pytestmark = pytest.mark.django_db
BOTH = (Parameter("order"), Parameter("reason"))
SHOP = {
    "make_label": KnownAction("make_label", parameters=BOTH),
    "find_order": KnownAction("find_order", parameters=(Parameter("order"),)),
}


def publish(pk: int, **how):
    """With the actions of the shop, unless the test names others."""
    return publishing.publish(pk, **{"author": None, "actions": SHOP, **how})


def test_a_good_flow_is_published() -> None:
    kept = create_flow(flow(RETURN), author=None)
    assert publish(kept.pk, author=None).number == 1


def test_one_that_stops_customers_is_refused_and_changes_nothing() -> None:
    kept = create_flow(flow(RETURN, ("next: reason", "next: gone")), author=None)
    with pytest.raises(Unfinished) as refused:
        publish(kept.pk, author=None)
    assert [(one.node, one.field, one.code) for one in refused.value.problems] == [
        ("order", "next", "no_such_step")
    ]
    assert "order → next: This leads to “gone”, which does not exist." in str(refused.value)
    assert not FlowVersion.objects.exists()
    assert Flow.objects.get().published is None


def test_what_customers_have_stays_when_the_next_is_refused() -> None:
    kept = create_flow(flow(RETURN), author=None)
    first = publish(kept.pk, author=None)
    save_draft(
        kept.pk, flow(RETURN, ("start: hello", "start: gone"), ("next: reason", "next: gone")), author=None
    )
    with pytest.raises(FlowError, match=r"cannot be published yet.*\(and 1 more problem\)"):
        publish(kept.pk, author=None)
    assert Flow.objects.get().published == first


def test_what_only_warns_is_published() -> None:
    kept = create_flow(flow(OPENING, ("  fr: [quels sont vos horaires]\n", "")), author=None)
    publish(kept.pk, author=None)


def test_a_flow_that_is_called_must_be_published_before() -> None:
    call = "nodes:\n  - {id: call, kind: call, flow: order, next: town}\n"
    kept = create_flow(flow(OPENING, ("nodes:\n", call), ("start: town", "start: call")), author=None)
    called = create_flow(flow(ORDER), author=None)
    with pytest.raises(Unfinished, match="“order” is not published"):
        publish(kept.pk, author=None)
    publish(called.pk, author=None)
    publish(kept.pk, author=None)


def test_actions_are_checked_where_they_are_known() -> None:
    kept = create_flow(flow(RETURN), author=None)
    with pytest.raises(Unfinished, match="no action called “make_label”"):
        publish(kept.pk, author=None, actions={"find_order": KnownAction("find_order")})
    publish(kept.pk, author=None)


def test_who_names_no_actions_publishes_by_those_that_there_are() -> None:
    """Nobody can publish past the check: neither a page nor a command nor an import."""
    kept = create_flow(flow(RETURN), author=None)
    with pytest.raises(Unfinished, match="no action called “make_label”"):
        publishing.publish(kept.pk, author=None)
    with pytest.raises(Unfinished, match="no action called “make_label”"):
        publishing.begin_trial(kept.pk, share=20, author=None)


def test_all_other_flows_are_read_in_one_query() -> None:
    for text in (ORDER, OPENING):
        publish(create_flow(flow(text), author=None).pk, author=None)
    kept = create_flow(flow(RETURN), author=None)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        publish(kept.pk, author=None)
    reading = [one for one in queries if 'INNER JOIN "flows_flowversion"' in one["sql"]]
    assert len(reading) == 1


def test_a_draft_that_is_no_flow_is_named_where_it_is_wrong() -> None:
    kept = create_flow(flow(RETURN), author=None)
    Flow.objects.filter(pk=kept.pk).update(draft={"key": "return", "nodes": [{"id": "a", "kind": "tell"}]})
    with pytest.raises(FlowError, match="nodes → 1: There is no kind of step “tell”"):
        publish(kept.pk, author=None)
