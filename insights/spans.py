"""Conversations with a question between two moments, of some topics: so the days before a change are compared
with those after it.

In an address: "2026-11-01T09:00:00Z_2026-11-29T09:00:00Z_3,5", or "…_*" for any topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_SPAN = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)_(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)_(?:\*|\d{1,9}(?:,\d{1,9}){0,9})"
)
_TOPICS = "string_to_array(nullif(split_part(%(detail)s, '_', 3), '*'), ',')::bigint[]"
ASKED = (
    "t.asked > 0 AND t.began_at >= split_part(%(detail)s, '_', 1)::timestamptz "
    "AND t.began_at < split_part(%(detail)s, '_', 2)::timestamptz "
    f"AND (split_part(%(detail)s, '_', 3) = '*' OR t.topic_id = ANY({_TOPICS}))"
)
WELL = "t.answered > 0 AND t.declined = 0 AND t.failed = 0 AND t.down = 0 AND cardinality(t.handoffs) = 0"


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` until just before `end`, both in UTC; no topics: any."""

    begin: datetime
    end: datetime
    topics: tuple[int, ...] = ()

    def __str__(self) -> str:
        moments = [f"{one:%Y-%m-%dT%H:%M:%SZ}" for one in (self.begin, self.end)]
        return "_".join([*moments, ",".join(map(str, self.topics)) or "*"])


def is_span(said: str) -> bool:
    found = _SPAN.fullmatch(said)
    if found is None:
        return False
    try:
        return all(datetime.fromisoformat(one) for one in found.groups())
    except ValueError:
        return False
