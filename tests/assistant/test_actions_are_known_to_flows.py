"""Whoever draws a flow sees which actions there are, with what they take and bring; switched off ones too."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from actions.bookings.models import Person, Service
from actions.models import Tool
from actions.sample import load_sample_tools
from flows import publishing
from flows.graph import Graph
from flows.known_actions import for_the_editor, known_actions
from flows.problem_words import words
from flows.samples import sample_flows
from flows.starters import EMPTY, STARTERS, begun

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


def test_appointments_are_told_in_words_with_what_there_is() -> None:
    fitting = Service.objects.create(key="fitting", names={"en": "A fitting", "fr": "Une pose"})
    Service.objects.create(key="old", names={"en": "Old"}, active=False)
    fitting.people.add(Person.objects.create(name="Noor"), Person.objects.create(name="Gone", active=False))
    known = known_actions()
    assert known is not None
    book = known["booking_book"]
    found = {one.name: one for one in book.parameters}
    assert found["service"].offered == (("fitting", "A fitting"),)
    assert found["person"].offered == (("Noor", "Noor"),)
    assert found["starts"].suits == ("moment", "period")
    with override("fr"):
        assert dict(known_actions() or {})["booking_book"].parameters[0].offered == (("fitting", "Une pose"),)
    for action in known.values():
        if action.name.startswith("booking_"):
            names = {one.name for one in action.parameters} | {*action.brings, *action.refuses}
            assert names == action.labels.keys() and all(action.labels.values())


def test_each_argument_says_what_suits_and_whether_it_may_be_written() -> None:
    load_sample_tools()
    Service.objects.create(key="fitting", names={"en": "A fitting"})
    known = known_actions()
    assert known is not None
    book = {one.name: one for one in known["booking_book"].parameters}
    assert (book["name"].suits, book["email"].suits) == (("text",), ("email",))
    written = {name for name, one in book.items() if one.written}
    assert written == {"person", "name", "email", "phone", "note"}
    number = known["find_order"].parameters[0]
    assert "text" in number.suits and "yes_no" not in number.suits and number.written


def test_one_of_a_few_is_chosen_and_no_text_is_written() -> None:
    tool = Tool.objects.create(key="label", name="Label")
    tool.parameters.create(name="size", kind="choice", choices=["A4", "A5"])
    tool.parameters.create(name="colour", kind="boolean")
    tool.parameters.create(name="copies", kind="whole")
    tool.taken.create(name="pages", kind="list")
    tool.taken.create(name="url", kind="text")
    label = dict(known_actions() or {})["label"]
    size, colour, copies = label.parameters
    assert (size.offered, size.written) == ((("A4", "A4"), ("A5", "A5")), False)
    assert [value for value, _name in colour.offered] == ["true", "false"] and not colour.written
    assert copies.written and copies.suits == ("number", "money", "code", "choice")
    assert label.kinds == {"pages": "list"}  # a text may be a day as well


def test_what_bookings_bring_is_told_by_kind_and_in_each_language() -> None:
    known = known_actions()
    assert known is not None
    times = known["booking_times"]
    assert times.kinds == {
        "times": "moment list", "any": "yes_no", "exact": "yes_no", "on_day": "yes_no",
        "services": "choice list",
    }  # fmt: skip
    assert times.labels_in["en"]["times"] == "Free times, to choose from"
    assert times.labels_in["fr"]["times"] == "Horaires libres, au choix"
    for action in known.values():
        if action.name.startswith("booking_"):
            assert action.kinds.keys() == {*action.brings, *action.refuses}
            assert all(names.keys() == action.labels.keys() for names in action.labels_in.values())


def test_a_problem_names_what_is_missing_in_words() -> None:
    step = {"id": "book", "kind": "act", "action": "booking_book", "given": {"service": "fitting"}}
    graph = Graph.model_validate({"key": "book", "start": "book", "nodes": [step], "begins": False})
    found = publishing.problems_of(graph, actions=known_actions())
    said = [words(one) for one in found if one.field == "given.starts"]
    assert said == ["The action needs “Day and hour”, else it fails. Say what it gets."]


def test_the_editor_gets_them_by_title() -> None:
    load_sample_tools()
    titles = [one["title"] for one in for_the_editor(known_actions())]
    assert titles == sorted(titles, key=str.casefold) and "Where is my order" in titles


def test_the_flows_that_come_along_use_them_rightly() -> None:
    load_sample_tools()
    begun_with = [
        begun(one.key, key=f"a_{one.key}", name="A", language="en", languages=["en", "fr"])
        for one in STARTERS
        if one.key != EMPTY.key
    ]
    for graph in [*sample_flows(), *begun_with]:
        found = publishing.problems_of(graph, actions=known_actions())
        wrong = [
            one for one in found if one.level == "stops" or one.code in ("not_brought", "argument_unfit")
        ]
        assert wrong == [], graph.key
