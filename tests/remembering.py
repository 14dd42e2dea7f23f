"""Rows that take seconds to make, made once in each database and copied back for every test that wants them.

Indexing two articles measures a floor with more than a hundred searches. What that leaves in the tables is
the same each time, so the first test of a run keeps a copy of it in a schema of its own, which emptying the
tables does not reach.
"""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db import connection, transaction

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
