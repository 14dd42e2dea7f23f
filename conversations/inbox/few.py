"""What narrows a list to conversations that are found elsewhere: by their words, their ratings, a number.

PostgreSQL cannot know whether many or hardly any are found. Of many it is best to look at the list in its order
and leave out the others; of a few that would read the whole list. So the few are fetched first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

FEW = 5_000  # of a million, a page of the list is found behind so many within a few thousand rows


def found_in(keys: QuerySet[Any, Any], otherwise: Callable[[], Q]) -> Q:
    """The conversations with these `keys`, or `otherwise` the condition that says the same of many."""
    few = list(keys.order_by()[: FEW + 1])
    return Q(pk__in=few) if len(few) <= FEW else otherwise()
