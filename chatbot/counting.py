"""Counting several lists in one statement, whatever they are lists of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet, Value


def how_many(lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each has."""
    first, *others = [_counted(name, rows) for name, rows in lists.items()]
    found = dict(first.union(*others, all=True))
    return {name: found.get(name, 0) for name in lists}


def _counted(name: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    """One row, or none where there is nothing to count."""
    named = rows.order_by().annotate(counted_as=Value(name)).values("counted_as")
    return named.annotate(number=Count("*")).values_list("counted_as", "number")
