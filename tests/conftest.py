"""Fixtures that every test may use; the private services are started by `tests.services_plugin`."""

import gc
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings
from psycopg.errors import DeadlockDetected
from pytest_django.plugin import DjangoDbBlocker

from tests import emptying, migrated

pytest_plugins = ["tests.services_plugin", "tests.modelserver.fixtures"]
FLUSHES = 5
YOUNG = 20_000  # objects made since garbage was last collected
# These go on for minutes. They come first: at the end no process waits long for the others.
LONG = ("test_embedded_run.py", "browser", "faults", "access", "fuzz")

settings.register_profile("busy", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("busy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    place = {here / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: min(place.get(part, len(LONG)) for part in (item.path, item.path.parent)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end. Looking through it for what could be let go took a
    quarter of the time of collecting, and a seventh of that of the tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()
        gc.set_threshold(YOUNG, 20, 20)


@pytest.fixture(autouse=True)
def nobody_speaks_french_any_more() -> Iterator[None]:
    """A page that a test asks for in French leaves its thread in French, as it does in Django itself."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest-django's own, which migrates an empty database in every process."""
    with django_db_blocker.unblock():
        migrated.begin()
    yield
    with django_db_blocker.unblock():
        migrated.end()


@pytest.fixture(autouse=True, scope="session")
def emptying_the_tables_waits_its_turn() -> Iterator[None]:
    """The running product that a test watched may be writing while its tables are emptied: PostgreSQL then
    ends one of the two, as it should, and we begin again."""
    flush = DatabaseOperations.execute_sql_flush
    afresh = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            DatabaseOperations,
            "execute_sql_flush",
            lambda self, statements: patiently(lambda: flush(self, statements)),
        )
        patch.setattr(
            TransactionTestCase,
            "_fixture_teardown",
            lambda self: patiently(lambda: emptying.empty(lambda: afresh(self))),
        )
        yield


def patiently(do: Callable[[], None]) -> None:
    for _again in range(FLUSHES):
        try:
            return do()
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
    return do()
