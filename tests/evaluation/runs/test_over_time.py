"""Runs of the same suites, drawn one after the other."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from evaluation.models import Run
from evaluation.runs.drawing import BOTTOM, HIGH, LEFT, RIGHT, TOP, WIDE, Spot, drawn
from evaluation.runs.over_time import measured, series
from evaluation.runs.summing import Figures, Share
from tests.evaluation.runs.test_run_pages import editor as editor

AT = datetime(2026, 11, 30, tzinfo=timezone.get_default_timezone())


def spots(*values: float | None) -> list[Spot]:
    return [Spot(at, AT + timedelta(days=at), value, str(value)) for at, value in enumerate(values)]


def test_shares_reach_from_the_bottom_to_the_top():
    found = drawn(spots(0.0, 0.5, 1.0), high=1.0, percent=True)
    assert [dot.y for dot in found.dots] == [HIGH - BOTTOM, (HIGH - BOTTOM + TOP) / 2, TOP]
    assert [dot.x for dot in found.dots] == [LEFT, (LEFT + WIDE - RIGHT) / 2, WIDE - RIGHT]
    assert found.percent and [value for _y, value in found.rules] == [0.0, 0.5, 1.0]


def test_what_is_not_known_leaves_its_place_empty():
    found = drawn(spots(2.0, None, 4.0))
    assert [dot.run for dot in found.dots] == [0, 2] and found.dots[1].x == WIDE - RIGHT
    assert found.rules[-1][1] == pytest.approx(4.4) and not found.percent


def test_only_what_customers_got_is_joined():
    one, two, three = spots(0.2, 0.4, 0.6)
    tried = Spot(two.run, two.at, two.value, two.words, hollow=True)
    found = drawn([one, tried, three], high=1.0)
    assert len(found.way.split()) == 2 and len(found.dots) == 3


@pytest.mark.parametrize("values", [(), (None, None)])
def test_nothing_cannot_be_drawn(values):
    with pytest.raises(ValueError, match="nothing"):
        drawn(spots(*values))


def test_noughts_alone_lie_on_the_ground():
    assert {dot.y for dot in drawn(spots(0.0, 0.0)).dots} == {HIGH - BOTTOM}


def over(assistant, *sides: tuple[dict[str, object], int], suites=("Greetings",), days=0) -> Run:
    """A run that is over, with so many of 10 scenarios as expected on each side."""
    figures = [Figures(passed=Share(met, 10), to_goal=2.0 + met).as_json() for _side, met in sides]
    return Run.objects.create(
        assistant=assistant, title=", ".join(suites), suites=list(suites), state="done", figures=figures,
        sides=[side for side, _met in sides], created_at=timezone.now() - timedelta(days=days),
    )  # fmt: skip


PRESENT: dict[str, object] = {"kind": "present"}


@pytest.mark.django_db(transaction=True)
def test_runs_of_the_same_suites_are_one_series_the_oldest_first(hello):
    runs = [over(hello, (PRESENT, met), days=9 - met) for met in (5, 7, 9)]
    over(hello, (PRESENT, 1), suites=("Others",))
    [found] = series()
    assert [point.run for point in found.points] == [run.pk for run in runs]
    accuracy, goal = measured(found)
    assert accuracy.values == ("50.0 % (5 of 10)", "70.0 % (7 of 10)", "90.0 % (9 of 10)")
    assert accuracy.drawing.dots[0].low is not None and goal.name == "Messages until the goal"


@pytest.mark.django_db(transaction=True)
def test_what_was_tried_beside_is_told_apart_and_models_and_drafts_are_left_out(hello):
    over(hello, (PRESENT, 5), ({"kind": "release", "release": 3}, 8))
    over(hello, (PRESENT, 6), ({"kind": "model", "model": "big"}, 9))
    [found] = series()
    assert [(point.version, point.served) for point in found.points] == [
        ("What customers get", True), ("release 3", False), ("What customers get", True),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_page_shows_one_series_and_leads_to_its_runs(editor, hello):
    assert "Nothing was run twice yet" in editor.get("/staff/evaluation/over-time/").text
    run = over(hello, (PRESENT, 5))
    over(hello, (PRESENT, 6))
    over(hello, (PRESENT, 3), suites=("Others",))
    over(hello, (PRESENT, 4), suites=("Others",))
    page = editor.get("/staff/evaluation/over-time/?series=ada/Greetings").text
    assert f'href="/staff/evaluation/{run.pk}/"' in page and "50.0 % (5 of 10)" in page
    assert "30.0 %" not in page and "40.0 % (4 of 10)" in editor.get("/staff/evaluation/over-time/").text


@pytest.mark.django_db(transaction=True)
def test_points_of_two_days_are_told_apart_by_the_hour_and_units_are_named(editor, hello):
    over(hello, (PRESENT, 5), days=2)
    over(hello, (PRESENT, 6), days=1)
    page = editor.get("/staff/evaluation/over-time/").text
    assert re.search(r"trend__words[^>]*>[^<]+\d:\d\d", page)
    assert "messages, median" in page and "of 100 scenarios" in page
    over(hello, (PRESENT, 6), suites=("Others",), days=9)
    over(hello, (PRESENT, 6), suites=("Others",), days=1)
    page = editor.get("/staff/evaluation/over-time/?series=ada/Others").text
    assert not re.search(r"trend__words[^>]*>[^<]+\d:\d\d", page)
