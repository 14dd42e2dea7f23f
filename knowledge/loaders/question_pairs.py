"""Questions and answers marked as such in a text: "Q: …" and "A: …", "Question 3 :", "Réponse :". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.loaders.base import Place, Record
from knowledge.loaders.naming import id_from_words, title_of_file

BEFORE = r"[ \t]*(?:\*\*|__|#{1,6}[ \t]+|[-*•][ \t]+)?"
BEHIND = r"[ \t]*(?:n[°o.][ \t]*)?\d*[ \t]*(?:\*\*|__)?[ \t]*[:.)–-](?:\*\*|__)?[ \t]*"
QUESTION = re.compile(rf"{BEFORE}(?:q|question|faq){BEHIND}(?=\S)", re.IGNORECASE)
ANSWER = re.compile(rf"{BEFORE}(?:a|r|answer|réponse|reponse){BEHIND}", re.IGNORECASE)
LEAST = 2
ABOVE = 300  # characters above the first question that are worth an article of their own


@dataclass
class Pair:
    line: int
    question: list[str]
    answer: list[str] = field(default_factory=list)
    answered: bool = False


def find_pairs(text: str, place: Place) -> list[Record]:
    """Nothing unless nearly all that is marked as a question has its answer below it."""
    above, pairs = _read(text.split("\n"))
    told = [pair for pair in pairs if "".join(pair.answer).strip()]
    if len(told) < LEAST or len(told) < 0.8 * len(pairs):
        return []
    return [*_above("\n".join(above).strip(), place), *_records(told, place)]


def _read(lines: list[str]) -> tuple[list[str], list[Pair]]:
    above: list[str] = []
    pairs: list[Pair] = []
    for number, line in enumerate(lines, start=1):
        asked, told = QUESTION.match(line), ANSWER.match(line)
        if asked:
            pairs.append(Pair(number, [line[asked.end() :]]))
        elif not pairs:
            above.append(line)
        elif told and not pairs[-1].answered:
            pairs[-1].answered = True
            pairs[-1].answer.append(line[told.end() :])
        else:
            (pairs[-1].answer if pairs[-1].answered else pairs[-1].question).append(line)
    return above, pairs


def _records(pairs: list[Pair], place: Place) -> Iterator[Record]:
    for pair in pairs:
        title = " ".join(" ".join(pair.question).replace("**", "").split())
        body = "\n".join(pair.answer).strip()
        fields = {"id": id_from_words(title), "title": title, "body": body, "format": "text"}
        yield Record(Place(place.file, "line", pair.line, place.name), fields)


def _above(text: str, place: Place) -> Iterator[Record]:
    if len(text) >= ABOVE:
        fields = {"id": place.file, "title": title_of_file(place.file), "body": text, "format": "text"}
        yield Record(place, fields, place.file)
