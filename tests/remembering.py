"""Rows that take seconds to make, made once in each database and copied back for every test that wants them.

Indexing two articles measures a floor with more than a hundred searches. What that leaves in the tables is
the same each time, so the first test of a run keeps a copy of it in a schema of its own, which emptying the
tables does not reach.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.apps import apps
from django.db import connection, transaction

from tests.emptying import filled

T = TypeVar("T")
FRESH = 300  # seconds for which rows that say "now" or "an hour ago" are kept
_kept: dict[str, list[str]] = {}


def remembered(name: str, make: Callable[[], object]) -> None:
    """The rows that `make` adds; what it changes in others is not kept."""
    if name in _kept:
        _copy_back(name)
        return
    there = {table: _keys(table) for table in _tables()}
    make()
    _kept[name] = [table for table in there if _keep(name, table, there[table])]


def _tables() -> dict[str, str]:
    """Each table with the column of its key."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.db_table: model._meta.pk.column for model in models if not model._meta.proxy}


def _keys(table: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{_tables()[table]}" FROM "{table}"')
        return [key for (key,) in cursor.fetchall()]


def _keep(name: str, table: str, there: list[object]) -> bool:
    """Copy the rows that are new; whether there are any."""
    key, place = _tables()[table], f'"kept_{name}"'
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {place}")
        cursor.execute(f'DROP TABLE IF EXISTS {place}."{table}"')
        cursor.execute(
            f'CREATE TABLE {place}."{table}" AS SELECT * FROM public."{table}" WHERE NOT "{key}" = ANY(%s)',
            [there],
        )
        return cursor.rowcount > 0


@transaction.atomic
def _copy_back(name: str) -> None:
    with connection.cursor() as cursor:
        # In any order: the rows that a row points at may come after it.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _kept[name]:
            cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM "kept_{name}"."{table}"')


def made_once(make: Callable[[], T]) -> Callable[[], T]:
    """The same for what returns rows as objects, also in tests whose transaction is taken back at the end.

    Kept in memory: the rows of all tables, which were empty, and what was returned.
    """
    kept: list[tuple[float, dict[str, bytes], bytes]] = []

    @wraps(make)
    def made() -> T:
        if filled():
            return make()
        if kept and time.monotonic() < kept[0][0] + FRESH:
            _, rows, returned = kept[0]
            _write(rows)
            return pickle.loads(returned)
        result = make()
        kept[:] = [(time.monotonic(), {table: _read(table) for table in filled()}, pickle.dumps(result))]
        return result

    return made


def _read(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(copy)


def _write(rows: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # in any order, as above
        for table, data in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(data)
        cursor.execute("SET session_replication_role = origin")
