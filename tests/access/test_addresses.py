"""Every address × everybody, with real rows: what is not granted is refused, what is granted is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.granting import PUBLIC, Access
from tests.access.routes import filled, routes
from tests.access.table import ADDRESSES
from tests.access.world import ACTORS, ADMIN, CARLA, RANK, World, secrets_seen, state_of_everything
from tests.access.writing import written_so_far

REFUSED = {302, 401, 403, 404, 405}
METHODS = ["get", "post", "put", "delete"]
# Links of the admin site that change something: a page elsewhere could make an editor's browser follow them.
# What is taken out as a file is told to the trail.
CHANGED_BY_READING = {
    "accounts:audit-export",
    "conversations:inbox-export",
    "insights:export",
    "evaluation:export-reviews",
    "flows:export-yaml",
    "training:matrix-file",
    "training:dataset-file",
    "training:router-file",
    "flows:export-mermaid",
    "flows:export-rasa",
    "admin:assistant_assistant_start_from_template",
    "admin:assistant_assistant_show_on_chat_page",
}


def test_every_address_says_who_may_use_it() -> None:
    assert set(routes()) == set(ADDRESSES)


def browsers(world: World, actor: str) -> Callable[[], Client]:
    """A new browser for every request, all in one session: signing in takes longer than most answers."""
    first = world.client(actor)

    def another() -> Client:
        browser = Client(raise_request_exception=False)
        browser.handler = first.handler
        for name, cookie in first.cookies.items():
            browser.cookies[name] = cookie.value
        return browser

    return another


def granted(access: Access, actor: str) -> bool:
    if access.least == CARLA:
        return actor == CARLA
    return access.least == PUBLIC or RANK[actor] >= RANK[access.least]


def each(actor: str, *, granted_ones: bool) -> Iterator[tuple[str, str, Access]]:
    known = routes()
    for name, access in ADDRESSES.items():
        if granted(access, actor) is granted_ones:
            yield name, known[name], access


@pytest.mark.parametrize("actor", ACTORS)
def test_what_is_not_granted_is_refused_and_changes_nothing(world: World, actor: str) -> None:
    browser, before = browsers(world, actor), state_of_everything()
    for name, path, access in each(actor, granted_ones=False):
        where = filled(path, access.row(world))
        for method in METHODS:
            response = getattr(browser(), method)(where, access.data if method == "post" else {})
            assert response.status_code in REFUSED, (name, method)
            assert_says_nothing(response, actor, name)
    assert state_of_everything() == before


def assert_says_nothing(response: HttpResponse, actor: str, name: str) -> None:
    if response.status_code == 302:
        assert "sign-in" in response["Location"] or "login" in response["Location"], name
    assert secrets_seen(response.content.decode(), actor) == [], name


@pytest.mark.parametrize("actor", ACTORS)
def test_what_is_granted_is_answered_and_shows_no_more_than_that(world: World, actor: str) -> None:
    browser = browsers(world, actor)
    for name, path, access in each(actor, granted_ones=True):
        where = filled(path, access.row(world))
        for method, wanted in (("get", access.get), ("post", access.post)):
            with transaction.atomic():
                response = getattr(browser(), method)(where, access.data if method == "post" else {})
                transaction.set_rollback(True)
            statuses = wanted if isinstance(wanted, tuple) else (wanted,)
            assert response.status_code in statuses, (name, method, response.status_code)
            if not response.streaming:
                assert secrets_seen(response.content.decode(), actor) == [], (name, method)


@pytest.mark.parametrize("actor", [ADMIN, CARLA])
def test_reading_changes_nothing(world: World, actor: str) -> None:
    browser, before = browsers(world, actor), state_of_everything()
    for name, path, access in each(actor, granted_ones=True):
        with transaction.atomic():
            written = written_so_far()
            response = browser().get(filled(path, access.row(world)))
            changed = written_so_far() != written and state_of_everything() != before
            transaction.set_rollback(True)
        assert changed is (name in CHANGED_BY_READING), (name, response.status_code)


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_gets_an_error(world: World, actor: str) -> None:
    """Addresses whose rows do not exist, and those that need one that is not there any more."""
    gone = {
        "pk": 424242,
        "run": 424242,
        "chunk": 424242,
        "example": 424242,
        "place": 424242,
        "number": 7,
        "object_id": 424242,
        "id": 424242,
        "slug": "x",
        "key": "gone",
        "name": "gone",
        "form": "gone",
        "token": "gone",
        "kind": "gone",
        "draft": 424242,
        "what": "gone",
        "language": "en",
    }
    uuid = "6a1de8f2-9a41-4f0e-8a40-2d5bd4f1a001"
    more = {"app_label": "knowledge", "url": "x", "content_type_id": 42}
    browser = browsers(world, actor)
    for name, path in routes().items():
        place = gone | more | ({"pk": uuid} if "<uuid:" in path else {})
        for method in ("get", "post"):
            with transaction.atomic():
                response = getattr(browser(), method)(filled(path, place))
                transaction.set_rollback(True)  # whoever has signed out is in again
            assert response.status_code < 500 or name == "conversations:workz", (name, method)
