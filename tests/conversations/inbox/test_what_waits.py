"""How much waits for whoever looks, beside the places of the rail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from conversations.inbox import to_do
from conversations.models import Conversation, Team
from tests.conversations.inbox.conftest import Talk


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def browser(paul: User) -> Client:
    client = Client()
    client.force_login(paul)
    return client


def change(talk: Conversation, **facts: Any) -> None:
    Conversation.objects.filter(pk=talk.pk).update(**facts)


def count_in(html: str, key: str) -> str:
    """What is shown and what is read out; "" where it is hidden."""
    found = re.search(rf'id="to-do-{key}"([^>]*)>(.*?)</span></span>', html, re.DOTALL)
    assert found, html
    return "" if "hidden" in found[1].replace("aria-hidden", "") else re.sub(r"<[^>]*>", "", found[2])


def bell(browser: Client) -> str:
    return browser.get("/staff/notifications/bell/").content.decode()


def test_what_waits_for_me_and_my_teams(talk: Talk, browser: Client, paul: User, marie: User) -> None:
    mine, theirs, empty = (Team.objects.create(name=name) for name in ("Mine", "Theirs", "Empty"))
    mine.members.add(paul)
    theirs.members.add(marie)
    counts = {
        "given to me": {"status": "waiting", "assignee": paul},
        "my team's": {"status": "waiting", "team": mine},
        "nobody's": {"status": "waiting"},
        "of a team without members": {"status": "waiting", "team": empty},
        "a customer has answered me": {
            "status": "open", "owner": "person", "assignee": paul, "last_speaker": "customer",
        },
    }  # fmt: skip
    others = {
        "given to Marie": {"status": "waiting", "team": mine, "assignee": marie},
        "her team's": {"status": "waiting", "team": theirs},
        "the assistant's": {"status": "open"},
        "answered by me": {
            "status": "open", "owner": "person", "assignee": paul, "last_speaker": "person",
        },
        "done": {"status": "resolved", "assignee": paul},
    }  # fmt: skip
    for name, facts in (counts | others).items():
        change(talk(name), **facts)
    assert count_in(bell(browser), "inbox") == f"{len(counts)}, {len(counts)} waiting for you"
    listed = browser.get("/staff/list/").content.decode()
    assert count_in(listed, "inbox").startswith(f"{len(counts)},")  # with the list, which is live
    assert count_in(browser.get("/staff/").content.decode(), "inbox").startswith(f"{len(counts)},")


def test_a_page_shows_what_was_counted_last_and_asks_nothing(
    talk: Talk, browser: Client, django_assert_num_queries: Any
) -> None:
    change(talk(), status="waiting")
    address = "/staff/notifications/"
    assert count_in(browser.get(address).content.decode(), "inbox") == ""  # nobody has counted yet
    bell(browser)
    assert count_in(browser.get(address).content.decode(), "inbox").startswith("1,")


def test_it_is_counted_once_in_some_seconds_for_each_person(
    talk: Talk, browser: Client, paul: User, marie: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(talk(), status="waiting")
    assert to_do.counted(paul)["inbox"] == "1"
    change(talk(), status="waiting")
    assert to_do.counted(paul)["inbox"] == "1" and to_do.counted(marie)["inbox"] == "2"
    monkeypatch.setattr(to_do, "FRESH", 0.0)
    assert to_do.counted(paul)["inbox"] == "2"


def test_all_is_one_statement(paul: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert to_do.count(paul) == {"inbox": 0, "review": 0, "corrections": 0}


def test_no_more_than_a_hundred_are_counted(talk: Talk, paul: User) -> None:
    assert (to_do.at_most(0), to_do.at_most(99), to_do.at_most(100)) == ("", "99", "99+")


def test_without_the_cache_it_is_counted_each_time(
    talk: Talk, browser: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bell that does not ring is no reason for a page that does not come."""
    monkeypatch.setattr(to_do, "_silent_until", 0.0)
    gone = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": gone}
    change(talk(), status="waiting")
    assert count_in(bell(browser), "inbox").startswith("1,")
    assert browser.get("/staff/notifications/").status_code == 200
    monkeypatch.setattr(to_do, "_silent_until", 0.0)
