"""What customers asked in a conversation and were answered, as rows that wait to be grouped."""

from __future__ import annotations

from dataclasses import asdict, replace

from knowledge.cleaning.conversations import Candidate, candidates
from knowledge.intake.refining import Manner
from knowledge.loaders.base import Conversation, Place
from knowledge.models import ImportItem

EXTRA = ("by", "worth", "specific", "conversation")


def exchanges_of(conversation: Conversation, manner: Manner) -> list[ImportItem]:
    """Personal data is always taken out of them: nobody asked the customers."""
    rules = replace(manner.rules, steps=manner.rules.steps | {"personal"}, personal="redact")
    return [_row(candidate) for candidate in candidates(conversation, rules)]


def _row(candidate: Candidate) -> ImportItem:
    return ImportItem(
        state=ImportItem.State.EXCHANGE,
        decision=ImportItem.Decision.NONE,
        place=asdict(candidate.place),
        language=candidate.language,
        title=candidate.question[:300],
        body=candidate.answer,
        fields={name: getattr(candidate, name) for name in EXTRA},
    )


def candidate_of(row: ImportItem) -> Candidate:
    extra = {name: row.fields[name] for name in EXTRA}
    return Candidate(
        question=row.title, answer=row.body, place=Place(**row.place), language=row.language, **extra
    )
