"""From what was read to what can be stored: cleaned, its language named, checked. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from knowledge.cleaning.base import Draft, Finding, Rules
from knowledge.cleaning.pipeline import clean
from knowledge.intake.items import EVERYONE, Item, read_item
from knowledge.loaders.base import Record, Refusal, Refused


@dataclass(frozen=True)
class Manner:
    """How a source's documents are taken: its cleaning rules, and what those are that say nothing of it.

    Without a `language`, that of each text is recognised.
    """

    rules: Rules
    language: str = ""
    audience: str = EVERYONE


@dataclass(frozen=True)
class Refined:
    """A checked document, with what cleaning did to it; `before` is the item as it was read."""

    item: Item
    before: Item
    changes: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def refine(record: Record, manner: Manner) -> Refined | Refused:
    try:
        return refine_item(read_item(record, audience=manner.audience), manner)
    except Refusal as refusal:
        return Refused.by(refusal, record.place)


def refine_item(read: Item, manner: Manner) -> Refined | Refused:
    try:
        return _refined(read, manner)
    except Refusal as refusal:
        return Refused.by(refusal, read.place)


def _refined(read: Item, manner: Manner) -> Refined:
    draft = Draft(read.title, read.body, read.language or manner.language)
    cleaned = clean(draft, manner.rules)
    title, body = cleaned.draft.title[:300], cleaned.draft.body
    if not title:
        raise Refusal("no_title")
    if not body:
        raise Refusal("nothing_left")
    language = cleaned.draft.language or manner.rules.languages[0]
    item = replace(read, title=title, body=body, language=language)
    return Refined(item, read, cleaned.changes, cleaned.findings)
