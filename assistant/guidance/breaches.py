"""Whether an answer breaks a guardrail: by the words in it, and by what a sentence of it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.guidance.conditions import BAR
from assistant.guidance.held import Held, Judged
from assistant.guidance.likeness import near
from assistant.guidance.phrases import CITED, first_in, named_in, spoken
from knowledge.chunking import plain_text, sentence_spans


@dataclass(frozen=True, slots=True)
class Breach:
    """The row, the line of it, and by which means it was found."""

    judged: Judged
    line: str
    by: str  # "words", "meaning"
    score: float | None = None


def sentences_of(text: str) -> list[str]:
    lines = plain_text(CITED.sub("", text)).splitlines()
    parts = [line[start:end].strip() for line in lines for start, end in sentence_spans(line)]
    return [part for part in parts if part]


def by_words(text: str, held: Held) -> Breach | None:
    words = spoken(text)
    for one in held.guardrails:
        if line := first_in(one.row.forbidden, words):
            return Breach(one, line, "words")
    return None


async def breach_in(text: str, held: Held, *, since: int = 0) -> Breach | None:
    """The first one; of topics only in sentences from number `since` on, which nobody has looked at yet. All
    of them count: a model writes only so much, and a sentence that was read once is remembered."""
    if found := by_words(text, held):
        return found
    for sentence in sentences_of(text)[since:]:
        if found := await _about_a_topic(sentence, held):
            return found
    return None


async def _about_a_topic(sentence: str, held: Held) -> Breach | None:
    topics = {line: one for one in held.guardrails for line in one.row.topics}
    if not topics:
        return None
    if named := named_in(sentence, topics, held.language):
        return Breach(topics[named], named, "words")
    likeness = await near(sentence, held.language, _by_meaning(topics))
    line = max(likeness, key=lambda one: likeness[one], default="")
    if not line or likeness[line] < BAR:
        return None
    return Breach(topics[line], line, "meaning", round(likeness[line], 1))


def _by_meaning(topics: Mapping[str, Judged]) -> Sequence[str]:
    return [line for line, one in topics.items() if one.row.by_meaning]
