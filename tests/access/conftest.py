"""The world with its rows committed, and the real web process in it. Nobody answers questions here."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from redis import Redis

from tests.access.world import World, build
from tests.conversations import processes


@pytest.fixture(autouse=True, scope="module")
def no_page_tells_how_it_was_made() -> Iterator[None]:
    """Django's client copies the context of every piece of a page; the admin site's have hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", lambda *told, **more: None)
        yield


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world in a transaction that stays open for the tests of a module, and is taken back after the last.
    Building it takes longer than most of these tests."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        world = build()
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def world(built: World, db: None) -> World:
    """As it was built: what a test does to its rows is taken back by `db`. Whoever is in it has sent nothing
    yet, as far as limits know, which are counted in Redis."""
    with Redis.from_url(settings.REDIS_URL) as limits:
        limits.flushdb()
    return copy.deepcopy(built)


@pytest.fixture(scope="module")
def web_process(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    web = processes.web(tmp_path_factory.mktemp("access"))
    with processes.running(web):
        yield web.port


@pytest.fixture
def port(web_process: int, transactional_db: None) -> int:
    return web_process


@pytest.fixture
def lived_in(port: int) -> World:
    """The world, for the web process to see."""
    return build()
