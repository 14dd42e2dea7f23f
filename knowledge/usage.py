"""How often each article is found and cited, counted by day. Whoever answers says so once it has answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from knowledge.models import ArticleUse

# One statement, in the order of the keys: two answers at once do not wait for each other in a circle. What
# was deleted meanwhile is left out.
NOTE = """
INSERT INTO knowledge_articleuse (document_id, day, found, cited)
SELECT id, %(day)s, 1, (id = ANY(%(cited)s::bigint[]))::int FROM knowledge_document
WHERE id = ANY(%(found)s::bigint[]) ORDER BY id FOR KEY SHARE
ON CONFLICT (document_id, day) DO UPDATE
SET found = knowledge_articleuse.found + 1, cited = knowledge_articleuse.cited + EXCLUDED.cited
"""


def note(*, found: Iterable[int], cited: Iterable[int]) -> None:
    """An answer was given for which these articles were found, of which it cites some."""
    used = set(cited)
    every = sorted(used | set(found))
    if every:
        parameters: dict[str, Any] = {"day": timezone.now().date(), "found": every, "cited": sorted(used)}
        with connection.cursor() as cursor:
            cursor.execute(NOTE, parameters)


def counted_since() -> date | None:
    """The first day of which anything is known."""
    first: date | None = ArticleUse.objects.aggregate(first=Min("day"))["first"]
    return first
