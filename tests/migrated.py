"""A database as the migrations make it: made once, kept, and copied for every process that tests.

Migrating an empty database takes longer than most files of tests.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.services import database_url

BEGINNING = "migrated_"
UNFINISHED = "migrating"


def begin() -> None:
    """Django works on a copy of this process from here on."""
    name = f"test_{_name()}" + (f"_{worker}" if (worker := os.environ.get("PYTEST_XDIST_WORKER")) else "")
    _drop(name)
    _server("CREATE DATABASE {} TEMPLATE {}", name, _ready())
    _work_on(name)


def end() -> None:
    _drop(_name())


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _work_on(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _ready() -> str:
    """The name of the database to copy; made anew when a migration has changed."""
    name = BEGINNING + _fingerprint()
    with _alone():
        known = _databases()
        if name not in known:
            _drop(*(old for old in known if old.startswith((BEGINNING, UNFINISHED))))
            _make(name)
    return name


def _fingerprint() -> str:
    """Of the migrations of all apps, Django's and the libraries' included."""
    found = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.label}/{path.name}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    with Path(os.environ["CAUSERIE_TEST_HOME"], "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(name: str) -> None:
    _server("CREATE DATABASE {}", UNFINISHED)
    before = _name()
    _work_on(UNFINISHED)
    call_command("migrate", verbosity=0, interactive=False)
    _work_on(before)
    _server("ALTER DATABASE {} RENAME TO {}", UNFINISHED, name)


def _databases() -> list[str]:
    with _connected() as server:
        return [name for (name,) in server.execute("SELECT datname FROM pg_database")]


def _drop(*names: str) -> None:
    for name in names:
        _server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _server(statement: str, *names: str) -> None:
    with _connected() as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _connected() -> psycopg.Connection:
    return psycopg.connect(database_url("postgres"), autocommit=True)
