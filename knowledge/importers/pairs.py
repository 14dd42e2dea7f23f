"""The questions and the answer of another system's intent, as an article. Pure.

The title is the first example that reads as a full question; the others become the ways to ask it. Of several
wordings of an answer the fullest is taken: the others say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.importers.small_talk import why_not
from knowledge.loaders.base import Place, Record, Refused

MOST_QUESTIONS = 50
LONGEST_QUESTION = 300  # characters
LONGEST_TITLE = 120
ASKING = re.compile(
    r"(?:how|what|what's|whats|when|where|who|which|why|can|could|do|does|did|is|are|will|would|may|should|am|"
    r"comment|que|quoi|quel|quels|quelle|quelles|quand|où|qui|pourquoi|combien|est-ce|qu'est-ce|qu’est-ce|"
    r"puis-je|peut-on|peux-tu|pouvez-vous|avez-vous|as-tu|êtes-vous|faites-vous|dois-je|faut-il)\b",
    re.IGNORECASE,
)
# "How you help me?": who wrote this would not have it as a title.
NO_VERB = re.compile(r"(?:how|what|when|where|why) (?:i|you|we|they|my|your)\b", re.IGNORECASE)
LONELY_I = re.compile(r"\bi\b(?=$|[\s'’,])")
WORDS = re.compile(r"\w+")
BULLET = re.compile(r"^[ \t]*[•·▪◦‣●][ \t]*")
ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]")


@dataclass(frozen=True)
class Pair:
    """`name` is what the other system calls it; `blanks` are the values that its answer would need."""

    id: str
    name: str
    place: Place
    questions: list[str]
    answer: str
    language: str = ""
    category: str = ""
    blanks: list[str] = field(default_factory=list)
    draft: bool = False


def as_found(pair: Pair) -> Record | Refused:
    code = why_not(pair.name) or _lack(pair)
    if code:
        return Refused(pair.place, code, {"name": pair.name[:120], "blanks": ", ".join(pair.blanks)[:200]})
    title, others = title_and_others(pair.questions, pair.language)
    fields = {
        "id": pair.id,
        "title": title,
        "body": as_markdown(pair.answer),
        "format": "markdown",
        "lang": pair.language,
        "category": pair.category,
        "questions": others,
        "status": "draft" if pair.draft else "",
    }
    return Record(pair.place, {name: value for name, value in fields.items() if value})


def _lack(pair: Pair) -> str:
    if not pair.answer.strip():
        return "without_answer"
    if pair.blanks:
        return "needs_values"
    if not any(WORDS.search(question) for question in pair.questions):
        return "without_question"
    return "left_asks_back" if only_asks(pair.answer) else ""


def only_asks(answer: str) -> bool:
    """Whether an answer is a single sentence that asks something back."""
    return re.fullmatch(r"[^.!?\n]*\?", answer.strip()) is not None


def fullest(answers: Iterable[str]) -> str:
    return max(answers, key=len, default="")


def title_and_others(examples: list[str], language: str = "") -> tuple[str, list[str]]:
    """A title, and the other ways to ask, each once."""
    once: dict[str, str] = {}
    for example in (" ".join(example.split())[:LONGEST_QUESTION] for example in examples):
        if key := _key(example):
            once.setdefault(key, example)
    questions = list(once.values())
    asking = [question for question in questions if _is_full_question(question)]
    best = next(iter([*filter(_is_well_written, asking), *asking, *questions]), "")
    return as_title(best, language), [other for other in questions if other != best][:MOST_QUESTIONS]


def _key(example: str) -> str:
    return " ".join(WORDS.findall(example.lower()))


def _is_full_question(example: str) -> bool:
    asks = example.endswith("?") or ASKING.match(example) is not None
    return asks and len(example.split()) >= 3 and len(example) <= LONGEST_TITLE


def _is_well_written(question: str) -> bool:
    spelt = question[0].isupper() and question.endswith("?") and not question.isupper()
    return spelt and NO_VERB.match(question) is None


def as_title(example: str, language: str = "") -> str:
    """ "how do i pay" as "How do I pay?"."""
    title = example.strip(" \t.,;:…-")[:LONGEST_TITLE].rstrip()
    french = language.lower().startswith("fr")
    if language.lower().startswith("en"):
        title = LONELY_I.sub("I", title)
    if title.endswith("?") or (ASKING.match(title) and title[-1].isalnum()):
        title = title.rstrip("? ") + (" ?" if french else "?")
    return title[:1].upper() + title[1:]


def as_markdown(answer: str) -> str:
    """A bot's message as Markdown: its lines stay lines, its bullets become a list."""
    lines = [BULLET.sub("- ", line.rstrip()) for line in answer.strip().splitlines()]
    return "\n".join(map(_with_break, lines, [*lines[1:], ""]))


def _with_break(line: str, below: str) -> str:
    if not line.strip() or not below.strip() or bool(ITEM.match(line)) and bool(ITEM.match(below)):
        return line
    return f"{line}\n" if ITEM.match(below) or ITEM.match(line) else f"{line}  "
