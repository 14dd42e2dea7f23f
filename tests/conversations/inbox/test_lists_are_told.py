"""A list that a page holds, with what it was told, is as good as one that is fetched now: always."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Http
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from accounts.models import User
from assistant.models import Assistant
from conversations.consumers import inbox
from conversations.consumers.inbox import ListWatcher
from conversations.consumers.outbox import Outbox
from conversations.database import in_database
from conversations.live import Hub, bell
from conversations.viewing import clocks
from tests.conversations.inbox.happenings import QUERIES, STEPS, Desk, Held, empty, happen
from tests.conversations.test_nothing_is_missed import collecting
from tests.conversations.test_staff_watch import StaffClient
from tests.conversations.test_what_a_viewer_sees import act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nobody_answers")]
ONCE = [HealthCheck.function_scoped_fixture]
GONE, BACK = "the page goes offline", "the page is back"
QUIET = 1.0  # seconds in which nothing is told: by then everything was


@pytest.fixture
def desk(marie: User, paul: User, assistant: Assistant) -> Iterator[Desk]:
    yield Desk(marie, paul, assistant)
    empty()


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "GATHER", 0)


def told_since(heard: str, user: User) -> set[str]:
    """What a page is told that comes back with a list that old."""

    async def come_back() -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        hub = Hub(in_database(clocks))
        watcher = ListWatcher(hub=hub, outbox=Outbox(collecting(told)), user=user.pk)
        await watcher.catch_up(heard)
        await asyncio.sleep(0.01)
        watcher.part()
        await hub.close()
        return told

    return {event["type"] for event in asyncio.run(come_back())}


@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=12))
@settings(max_examples=15, suppress_health_check=ONCE)
def test_whatever_changes_a_list_is_told(desk: Desk, staff: Http, steps: list[str]) -> None:
    empty()
    desk.begin()
    held = {query: Held.fetch(staff, query) for query in QUERIES}
    for step in steps:
        happen(step, desk)
        now = {query: Held.fetch(staff, query) for query in QUERIES}
        changed = {query for query in QUERIES if now[query].shown != held[query].shown}
        told = told_since(held[""].heard, desk.marie) if changed else set()
        for query in changed:
            gathered = held[query].is_gathered and "inbox.gathered" in told
            assert "inbox.changed" in told or gathered, (step, query)
        held = now


@pytest.mark.parametrize("step", sorted(STEPS))
def test_each_step_is_told(desk: Desk, staff: Http, step: str) -> None:
    """Where it finds everything that it can be done to."""
    for before in ("new", "label", "team", "called in a note", "taken over", "put off", "rated"):
        happen(before, desk)
    desk.at = 0
    held = {query: Held.fetch(staff, query) for query in QUERIES}
    happen(step, desk)
    told = told_since(held[""].heard, desk.marie)
    for query in QUERIES:
        if Held.fetch(staff, query).shown != held[query].shown:
            assert told & {"inbox.changed"} or held[query].is_gathered and told & {"inbox.gathered"}, query


def test_who_missed_nothing_is_told_nothing(desk: Desk, staff: Http) -> None:
    desk.begin()
    assert told_since(Held.fetch(staff, "").heard, desk.marie) == set()


@pytest.mark.parametrize("heard", ["", "1-1", "nonsense", "9" * 30])
def test_who_has_heard_what_nobody_remembers_reads_again(desk: Desk, heard: str) -> None:
    desk.begin()
    assert "inbox.changed" in told_since(heard, desk.marie)


def test_what_could_not_be_rung_is_owed(desk: Desk, staff: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis does not answer this process for a moment, and no other process notices."""
    held = Held.fetch(staff, "show=all")
    with monkeypatch.context() as patch:
        patch.setattr(bell, "quick", lambda: Redis.from_url("redis://127.0.0.1:1/0"))
        desk.begin()
        assert told_since(held.heard, desk.marie) == set()
    deadline = time.monotonic() + 10
    while "inbox.changed" not in told_since(held.heard, desk.marie):
        assert time.monotonic() < deadline
        time.sleep(0.1)


class ListPage(StaffClient):
    """A page with the list, as static/staff/inbox/fresh.js keeps it."""

    held: Held

    async def load(self, query: str) -> None:
        self.query = query
        await self.fetch()
        await self.come()

    async def come(self) -> None:
        self._path = f"inbox/?since={self.held.heard}"
        await self.connect(resume=False)

    async def fetch(self) -> None:
        assert self.http
        headers = {"Cookie": f"sessionid={self._session}"}
        answer = await self.http.get(f"{self.base}/staff/list/?{self.query}", headers=headers)
        self.held = Held.read(await answer.text())

    async def follow(self) -> None:
        """Until nothing more is told."""
        while self.socket is not None:
            before = len(self.history)
            try:
                async with asyncio.timeout(QUIET):
                    await self.read_one()
            except TimeoutError:
                return
            for _at, event in self.history[before:]:
                gathered = event["type"] == "inbox.gathered" and self.held.is_gathered
                if event["type"] == "inbox.changed" or gathered:
                    await self.fetch()


@given(
    query=st.sampled_from(QUERIES),
    steps=st.lists(st.sampled_from([*sorted(STEPS), GONE, BACK]), min_size=4, max_size=14),
)
@settings(max_examples=12, suppress_health_check=ONCE)
def test_a_held_list_becomes_what_a_fresh_one_shows(
    port: int, desk: Desk, session: str, query: str, steps: list[str]
) -> None:
    async def scenario() -> tuple[str, str]:
        page = ListPage(port, session=session, path="")
        async with page:
            await act(empty)
            await act(desk.begin)
            await page.load(query)
            for step in steps:
                if step == GONE:
                    await page.drop()
                elif step == BACK and page.socket is None:
                    await page.come()
                elif step in STEPS:
                    await act(happen, step=step, desk=desk)
            if page.socket is None:
                await page.come()
            await page.follow()
            held = page.held
            await page.fetch()
            return held.shown, page.held.shown

    held, fresh = asyncio.run(scenario())
    assert held == fresh
