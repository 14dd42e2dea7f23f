"""Conversations between two moments that a change concerns: of some topics, in which a flow ran, or in which
a row of guidance was followed. So the days before a change are compared with those after it.

In an address: "2026-11-01T09:00:00Z_2026-11-29T09:00:00Z_3,5" (topics, "*" for any), "…_*_flow:return_item",
"…_3_flow:return_item" (of the topic, or the flow ran), "…_*_rule:17".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_MOMENT = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
_SPAN = re.compile(
    rf"{_MOMENT}_{_MOMENT}_(?:\*|\d{{1,9}}(?:,\d{{1,9}}){{0,9}})"
    r"(?:_(?P<flow>flow):[a-z][a-z0-9_]{0,59}|_(?P<rule>rule):\d{1,9})?"
)
_BETWEEN = (
    "t.began_at >= split_part(%(detail)s, '_', 1)::timestamptz "
    "AND t.began_at < split_part(%(detail)s, '_', 2)::timestamptz"
)
_TOPICS = "split_part(%(detail)s, '_', 3)"
_OF_TOPIC = f"t.topic_id = ANY(string_to_array(nullif({_TOPICS}, '*'), ',')::bigint[])"
_FLOW = "split_part(%(detail)s, '_flow:', 2)"
_RULE = "split_part(%(detail)s, '_rule:', 2)::bigint"
_NOTHING_BAD = "t.declined = 0 AND t.failed = 0 AND t.down = 0 AND cardinality(t.handoffs) = 0"
_WELL = f"t.answered > 0 AND {_NOTHING_BAD}"
# By what it is of: which conversations, and which of them went well. A flow is no question: it went well
# where it came to its end.
CONDITIONS: Mapping[str, tuple[str, str]] = {
    "span": (f"t.asked > 0 AND {_BETWEEN} AND ({_TOPICS} = '*' OR {_OF_TOPIC})", _WELL),
    "flow_span": (
        f"{_BETWEEN} AND CASE WHEN {_TOPICS} = '*' THEN {_FLOW} = ANY(t.flows) "
        f"ELSE {_OF_TOPIC} AND (t.asked > 0 OR {_FLOW} = ANY(t.flows)) END",
        f"CASE WHEN {_FLOW} = ANY(t.flows) THEN {_FLOW} = ANY(t.flows_done) AND {_NOTHING_BAD} "
        f"ELSE {_WELL} END",
    ),
    "rule_span": (f"t.asked > 0 AND {_BETWEEN} AND {_RULE} = ANY(t.rules)", _WELL),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` until just before `end`, both in UTC; no topics: any."""

    begin: datetime
    end: datetime
    topics: tuple[int, ...] = ()
    flow: str = ""
    rule: int = 0

    def __str__(self) -> str:
        moments = [f"{one:%Y-%m-%dT%H:%M:%SZ}" for one in (self.begin, self.end)]
        more = f"_flow:{self.flow}" if self.flow else f"_rule:{self.rule}" if self.rule else ""
        return "_".join([*moments, ",".join(map(str, self.topics)) or "*"]) + more

    @property
    def key(self) -> str:
        """Of CONDITIONS."""
        return "flow_span" if self.flow else "rule_span" if self.rule else "span"


def is_span(said: str, key: str = "span") -> bool:
    """Whether it can be read by that condition."""
    found = _SPAN.fullmatch(said)
    if found is None:
        return False
    kind = found["flow"] or found["rule"]
    try:
        for moment in found.group(1, 2):
            datetime.fromisoformat(moment)
    except ValueError:
        return False
    return key == (f"{kind}_span" if kind else "span")
