"""Empties the tables after a test that committed: those in which something stands.

Django truncates every table and makes all content types and permissions anew, which takes longer than most
tests. Here those two stay as they are, and the other rows are deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.db import connection, transaction

# What the migrations leave behind, and tests do not change; where one does, Django starts it afresh.
STAYING = ("django_content_type", "auth_permission")
LARGE = 256 * 1024  # bytes of a table from which deleted rows are cleared away at once
_staying: list[tuple[str, ...]] = []


def empty(afresh: Callable[[], object]) -> None:
    """Delete what tests have left; `afresh` is Django's own way."""
    if not _staying or _what_stays() != _staying[-1]:
        afresh()
        _staying[:] = [_what_stays()]
        return
    with transaction.atomic():
        _wait_for_writers()
        written = filled()
        _delete(written)
    _clear_away(written)


@cache
def _tables() -> tuple[str, ...]:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted(set(found) - set(STAYING)))


def _quoted(tables: list[str] | tuple[str, ...]) -> str:
    return ", ".join(map(connection.ops.quote_name, tables))


def _rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [tuple(row) for row in cursor.fetchall()]


def _what_stays() -> tuple[str, ...]:
    marks = (f"(SELECT md5(string_agg(it::text, '' ORDER BY id)) FROM {table} it)" for table in STAYING)
    return _rows(f"SELECT {', '.join(marks)}")[0]


def _wait_for_writers() -> None:
    """What the running product is writing now would come to stand in tables that are empty already."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {_quoted(_tables())} IN EXCLUSIVE MODE")


def filled() -> list[str]:
    """The tables in which something stands that a test has made."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in _tables())
    return [table for (table,) in _rows(" UNION ALL ".join(asked))]


def _delete(tables: list[str]) -> None:
    """In any order: the rows that point at a row may be deleted after it."""
    statements = ["SET LOCAL session_replication_role = replica"]
    statements += [f'DELETE FROM "{table}"' for table in tables]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def _clear_away(tables: list[str]) -> None:
    if not tables:
        return
    listed = ", ".join(f"('{table}')" for table in tables)
    large = _rows(f"SELECT it FROM (VALUES {listed}) listed(it) WHERE pg_relation_size(it) > {LARGE}")
    if large:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {_quoted([table for (table,) in large])}")
