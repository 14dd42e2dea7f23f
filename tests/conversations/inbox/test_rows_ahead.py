"""Rows are told to everybody who looks at a list, ahead of the list that each page fetches: the same rows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Http
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from assistant.models import Assistant
from conversations.consumers import ahead
from conversations.consumers.ahead import Lists
from conversations.consumers.outbox import Outbox
from conversations.inbox.ahead import Row, is_everybodys, rows_of
from tests.conversations.inbox.happenings import QUERIES, STEPS, Desk, empty, happen
from tests.conversations.test_nothing_is_missed import collecting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nobody_answers")]
ROW = re.compile(r'<li class="rows__row">.*?</a>\s*</li>', re.DOTALL)
OWN = re.compile(r'<span class="badge badge--mention">.*?</span>|<time.*?</time>|\s+', re.DOTALL)


@pytest.fixture
def desk(marie: User, paul: User, assistant: Assistant) -> Iterator[Desk]:
    yield Desk(marie, paul, assistant)
    empty()


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def bare(rows: list[str]) -> list[str]:
    """Without what only the reader's own page knows."""
    return [OWN.sub("", row) for row in rows]


@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=12))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_they_are_those_of_the_list(desk: Desk, staff: Http, steps: list[str]) -> None:
    empty()
    desk.begin()
    told: dict[str, dict[str, Row]] = {query: {} for query in QUERIES if is_everybodys(query)}
    for step in steps:
        happen(step, desk)
        for query, known in told.items():
            rows = rows_of(query, "en", desk.paul.pk, known)
            assert rows
            told[query] = rows.shown
            page = staff.get(f"/staff/list/?{query}").content.decode()
            assert bare([row.html for row in rows.shown.values()]) == bare(ROW.findall(page)), (step, query)


@pytest.mark.parametrize("query", ["show=mine", "show=mentions", "q=lamp", "since=2026-01-01", "after=x"])
def test_what_differs_by_reader_is_told_to_nobody(query: str) -> None:
    assert not is_everybodys(query)


async def told_of(desk: Desk, marie: User, paul: User) -> list[list[dict[str, Any]]]:
    """What three pages are told: two look at one list, and one at its own; a change, then one looks away."""
    told: list[list[dict[str, Any]]] = [[], [], []]
    boxes = [Outbox(collecting(one)) for one in told]
    lists = Lists.here()
    lists.look("", "en", outbox=boxes[0], user=marie.pk)
    lists.look("", "en", outbox=boxes[1], user=paul.pk)
    lists.look("show=mine", "en", outbox=boxes[2], user=paul.pk)
    await rung(lists, boxes)
    await asyncio.to_thread(happen, "taken over", desk)
    await rung(lists, boxes)
    lists.look_away(boxes[1])
    await rung(lists, boxes)
    return told


async def rung(lists: Lists, boxes: list[Outbox]) -> None:
    for one in {one for box in boxes for one in lists.seen_by(box)}:
        one.changed()
    await asyncio.sleep(0.5)


def test_only_what_has_changed_is_told_and_read_once(
    desk: Desk, marie: User, paul: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GATHER", "REST", "MOST_REST"):
        monkeypatch.setattr(ahead, name, 0)
    reads: list[str] = []

    def read(query: str, *given: Any) -> Any:
        reads.append(query)
        return rows_of(query, *given)

    monkeypatch.setattr(ahead, "rows_of", read)
    for _number in range(2):
        desk.begin()
    marie_told, paul_told, mine = asyncio.run(told_of(desk, marie, paul))
    assert (len(marie_told), len(paul_told), mine) == (3, 2, [])
    assert len(reads) == 3
    everything, one, nothing = (set(event["rows"]) for event in marie_told)
    assert (len(everything), len(one), len(nothing)) == (2, 1, 0)
    assert all(len(event["order"]) == 2 for event in marie_told)
