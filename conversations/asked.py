"""What customers asked when an answer cited an article: most often first, then newest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from conversations.models import Citation, ConversationQuerySet

LOOKED_AT = 300  # newest citations
SHOWN = 12


@dataclass
class AskedQuestion:
    """A question with how often it was asked, and where it was last."""

    text: str
    last: datetime
    conversation: UUID
    times: int = 0


def asked_of(document: int, visible: ConversationQuerySet) -> list[AskedQuestion]:
    cited = Citation.objects.filter(
        document=document, message__turn__isnull=False, message__conversation__in=visible
    )
    rows = cited.order_by("-pk").values_list(
        "message__turn__question__text", "message__created_at", "message__conversation"
    )
    return _grouped(rows[:LOOKED_AT])[:SHOWN]


def _grouped(rows: Iterable[tuple[str, datetime, UUID]]) -> list[AskedQuestion]:
    grouped: dict[str, AskedQuestion] = {}
    for text, when, conversation in rows:
        key = " ".join(text.casefold().split()).rstrip("?!. ")
        grouped.setdefault(key, AskedQuestion(text, when, conversation)).times += 1
    return sorted(grouped.values(), key=lambda asked: (-asked.times, -asked.last.timestamp()))
