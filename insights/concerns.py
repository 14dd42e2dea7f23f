"""Which conversations a change concerns, as far as that is recorded.

An article concerns the topics in which it was corrected, whose gap it closes, or that cite it; an import
those of its articles. A flow concerns the conversations in which it ran; a new one those of the topics in
which it runs now. A rule with a condition concerns those in which it was followed, if it was before the
change too. All else concerns everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

MOST_TOPICS = 3  # that one article concerns
MOST_OF_IMPORT = 10
OFTEN = 0.25  # of the conversations that cite it, from which a topic is concerned
OFTEN_OF_IMPORT = 0.05
SHOWN = 3  # titles of an import
# Of articles: in how many conversations of each topic they were cited; a topic where one was corrected, or
# whose gap one closes, is surely concerned.
TOPICS = """
SELECT c.document_id, t.topic_id, count(DISTINCT t.conversation_id), FALSE
FROM conversations_citation c JOIN conversations_message m ON m.id = c.message_id
JOIN insights_tally t ON t.conversation_id = m.conversation_id
WHERE c.document_id = ANY(%(documents)s) AND t.topic_id IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT k.document_id, t.topic_id, count(DISTINCT t.conversation_id), TRUE
FROM evaluation_correction k JOIN conversations_message m ON m.id = k.message_id
JOIN insights_tally t ON t.conversation_id = m.conversation_id
WHERE k.document_id = ANY(%(documents)s) AND t.topic_id IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT g.document_id, t.topic_id, count(DISTINCT t.conversation_id), TRUE
FROM evaluation_gap g JOIN evaluation_gapquestion q ON q.gap_id = g.id
JOIN conversations_message m ON m.id = q.message_id
JOIN insights_tally t ON t.conversation_id = m.conversation_id
WHERE g.document_id = ANY(%(documents)s) AND t.topic_id IS NOT NULL GROUP BY 1, 2
"""
IMPORTED = """
SELECT i.run_id, array_agg(d.id), count(*), (array_agg(d.title ORDER BY i.number))[1:%(shown)s]
FROM knowledge_importitem i JOIN knowledge_document d ON d.id = i.document_id
WHERE i.run_id = ANY(%(runs)s) AND i.decision = 'published' GROUP BY 1
"""
# Where flows ran and rows were followed: in how many conversations of each topic, and since when. Rows that
# do not hold for every question; a guardrail is held against every answer.
RAN = """
SELECT 'flow', flow, t.topic_id, count(*), min(t.began_at) FROM insights_tally t, unnest(t.flows) AS flow
WHERE t.began_at >= %(since)s AND t.flows && %(flows)s::varchar[] AND flow = ANY(%(flows)s) GROUP BY 2, 3
UNION ALL
SELECT 'guidance', rule::text, t.topic_id, count(*), min(t.began_at)
FROM insights_tally t, unnest(t.rules) AS rule
WHERE t.began_at >= %(since)s AND t.rules && %(rules)s::bigint[] AND rule = ANY(%(rules)s) GROUP BY 2, 3
UNION ALL
SELECT 'conditional', id::text, NULL, 0, NULL FROM assistant_guidance
WHERE id = ANY(%(rules)s) AND kind <> 'guardrail' AND concat(about, language, hours, who) <> ''
"""
Found = Iterable[tuple[int, int, bool]]
Rows = Mapping[tuple[str, str], list[tuple[int | None, int, datetime | None]]]


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: document, import, flow, guidance, assistant, model or release; `key` of its row, `name` as
    then. `at`: customers got it; `edited`: it was done, where that was earlier."""

    at: datetime
    kind: str
    key: str
    name: str
    edited: datetime | None = None

    @property
    def waited(self) -> bool:
        return self.edited is not None and self.edited < self.at

    @property
    def number(self) -> int:
        return int(self.key) if self.key.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Concern:
    """`topics` (): all; None: none that is known. `flow` or `rule` where it is recorded which conversations
    these were; `unrecorded` where it concerns only some and nobody knows which. `articles` of an import, with
    a few of their titles."""

    topics: tuple[int, ...] | None = ()
    flow: str = ""
    rule: int = 0
    unrecorded: bool = False
    articles: int = 0
    titles: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        return self.topics == () and not self.flow and not self.rule


@dataclass
class _Imported:
    documents: list[int] = field(default_factory=list)
    number: int = 0
    titles: tuple[str, ...] = ()


def concerns(changes: Sequence[Change], *, looks_back: timedelta) -> list[Concern]:
    """Of each change, in their order."""
    imports = _imports([one.number for one in changes if one.kind == "import"])
    documents = [one.number for one in changes if one.kind == "document"]
    topics = _topics({*documents, *(pk for found in imports.values() for pk in found.documents)})
    ran = _ran(changes, looks_back)
    return [_concern(change, imports, topics, ran) for change in changes]


def _concern(
    change: Change,
    imports: Mapping[int, _Imported],
    topics: Mapping[int, list[tuple[int, int, bool]]],
    ran: Rows,
) -> Concern:
    if change.kind == "document":
        return Concern(topics_of(topics.get(change.number, [])) or None)
    if change.kind == "import":
        brought = imports.get(change.number, _Imported())
        found = [row for pk in brought.documents for row in topics.get(pk, [])]
        told = topics_of(found, most=MOST_OF_IMPORT, often=OFTEN_OF_IMPORT) or None
        return Concern(told, articles=brought.number, titles=brought.titles)
    where = ran.get((change.kind, change.key), [])
    before = any(first is not None and first < change.at for _topic, _number, first in where)
    if change.kind == "flow":
        known = topics_of((topic, number, False) for topic, number, _first in where if topic is not None)
        return Concern(() if before else known or None, flow=change.key)
    if change.kind == "guidance" and ("conditional", change.key) in ran:
        return Concern(rule=change.number) if before else Concern(unrecorded=True)
    return Concern()


def topics_of(found: Found, *, most: int = MOST_TOPICS, often: float = OFTEN) -> tuple[int, ...]:
    """Of (topic, conversations, surely): those that are sure, then those that are often, the most first."""
    numbers: dict[int, int] = defaultdict(int)
    sure: set[int] = set()
    cited = 0
    for topic, number, surely in found:
        numbers[topic] += number
        cited += 0 if surely else number
        sure |= {topic} if surely else set()
    told = [topic for topic, number in numbers.items() if topic in sure or number >= often * cited]
    return tuple(sorted(told, key=lambda topic: (topic not in sure, -numbers[topic], topic)))[:most]


def _topics(documents: set[int]) -> dict[int, list[tuple[int, int, bool]]]:
    found: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for document, topic, number, surely in _asked(TOPICS, documents=sorted(documents)) if documents else ():
        found[document].append((topic, number, surely))
    return found


def _imports(runs: list[int]) -> dict[int, _Imported]:
    rows = _asked(IMPORTED, runs=runs, shown=SHOWN) if runs else []
    return {run: _Imported(documents, number, tuple(titles)) for run, documents, number, titles in rows}


def _ran(changes: Sequence[Change], looks_back: timedelta) -> Rows:
    flows = [one.key for one in changes if one.kind == "flow"]
    rules = [one.number for one in changes if one.kind == "guidance"]
    found: dict[tuple[str, str], list[tuple[int | None, int, datetime | None]]] = defaultdict(list)
    if flows or rules:
        since = min(one.at for one in changes) - looks_back
        for kind, key, topic, number, first in _asked(RAN, flows=flows, rules=rules, since=since):
            found[(kind, key)].append((topic, number, first))
    return found


def _asked(statement: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()
