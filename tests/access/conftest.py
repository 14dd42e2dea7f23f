"""The world with its rows committed, and the real web process in it. Nobody answers questions here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.world import World, build
from tests.conversations import processes


@pytest.fixture(autouse=True)
def no_page_tells_how_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's client copies the context of every piece of a page; the admin site's have hundreds."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *told, **more: None)


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
