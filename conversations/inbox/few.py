"""What narrows a list to conversations that are found elsewhere: by their words, their ratings, a number.

PostgreSQL cannot know whether many or hardly any are found. Of many it is best to look at the list in its
order and leave out the others; of a few that would read the whole list. So the few are fetched first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

FEW = 5_000  # of a million, a page of the list is found behind so many within a few thousand rows


def found_in(keys: QuerySet[Any, Any], otherwise: Callable[[], Q], *, expected: bool = False) -> Q:
    """The conversations with these `keys`, or `otherwise` the condition that says the same of many.
    `expected`: PostgreSQL knows about how many there are, as of a single word."""
    few = _few(keys, expected=expected)
    return otherwise() if few is None else Q(pk__in=few)


def row_by_row(condition: Any) -> Q:
    """The same, asked for each row as the list comes to it: as a join, PostgreSQL would begin at the other
    end."""
    asked = Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Q(asked)


def is_few(condition: Q) -> bool:
    """Whether it is one of `found_in`, and names the few."""
    match condition.children:
        case [("pk__in", list())]:
            return True
    return False


def _few(keys: QuerySet[Any, Any], *, expected: bool) -> list[Any] | None:
    """None for many, which are not even read. Where PostgreSQL does not know how many to expect, it is to
    look for them as if it were for all: with a limit in sight it would read the whole table in the hope of
    meeting enough of them soon."""
    try:
        statement, given = keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        return []
    found = f"WITH found (key) AS {'' if expected else 'MATERIALIZED'} ({statement})"
    few = f"(SELECT key FROM found LIMIT {FEW + 1}) AS few"  # noqa: S608 (written above)
    keys_of_few = f"CASE WHEN count(*) <= {FEW} THEN coalesce(array_agg(key), ARRAY[]::uuid[]) END"
    with connection.cursor() as cursor:
        cursor.execute(f"{found} SELECT {keys_of_few} FROM {few}", given)  # noqa: S608 (written above)
        row: tuple[list[Any] | None] = cursor.fetchall()[0]
    return row[0]
