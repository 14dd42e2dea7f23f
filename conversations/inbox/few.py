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
    few = list(keys.order_by()[: FEW + 1]) if expected else _few(keys)
    return Q(pk__in=few) if len(few) <= FEW else otherwise()


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


def _few(keys: QuerySet[Any, Any]) -> list[Any]:
    """No more of them than tell that they are many. PostgreSQL is to look for them as if it were for all:
    with a limit in sight it would read the whole table in the hope of meeting enough of them soon."""
    try:
        statement, given = keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        found = f"WITH found AS MATERIALIZED ({statement}) SELECT * FROM found LIMIT {FEW + 1}"  # noqa: S608
        cursor.execute(found, given)
        return [key for (key,) in cursor.fetchall()]
