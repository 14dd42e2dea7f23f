"""Whoever draws a flow sees which actions there are, with what they take and bring; switched off ones too."""

from __future__ import annotations

import pytest

from actions.models import Tool
from actions.sample import load_sample_tools
from flows import publishing
from flows.known_actions import for_the_editor, known_actions
from flows.models import Flow
from flows.samples import load_sample_flows

pytestmark = pytest.mark.django_db


def test_tools_and_bookings_are_told_as_they_are_declared() -> None:
    load_sample_tools()
    Tool.objects.filter(key="register_return").update(enabled=False)
    known = known_actions()
    assert known is not None
    found = known["find_order"]
    assert ([one.name for one in found.parameters], found.enabled) == (["number"], True)
    assert "status" in found.brings
    assert known["register_return"].enabled is False and known["register_return"].changes == "writes"
    assert {"booking_times", "booking_book"} <= known.keys()
    assert "reference" in known["booking_book"].brings
    assert [one.name for one in known["booking_times"].parameters if one.advised] == ["around"]


def test_the_editor_gets_them_by_title() -> None:
    load_sample_tools()
    titles = [one["title"] for one in for_the_editor(known_actions())]
    assert titles == sorted(titles, key=str.casefold) and "Where is my order" in titles


def test_the_sample_flows_use_them_rightly() -> None:
    load_sample_tools()
    load_sample_flows()
    for flow in Flow.objects.all():
        graph = publishing.read(flow.draft)
        assert [
            one for one in publishing.problems_of(graph, actions=known_actions()) if one.level == "stops"
        ] == []
        own = [
            one for one in publishing.problems_of(graph, actions=known_actions()) if one.code == "not_brought"
        ]
        assert own == []
