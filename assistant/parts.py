"""A message of several questions: taken apart, and its answers put together. Pure.

Without a model each question is searched and quoted by itself, because the passages that say most of all of
them together often answer none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.events import Answer, Citation, Outcome, Route
from assistant.phrases import say
from knowledge.terms import content_words

MOST_PARTS = 3
FEWEST_WORDS = 2  # content words: "how much?" belongs to the question before it
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s|$)[^.!?\n]+)*[.!?\s]*")
MARK = re.compile(r"\[(\d{1,2})\](?!\()")


def split_questions(text: str, language: str) -> tuple[str, ...]:
    """The questions of a message, each with the statements that lead up to it; one when there is only one."""
    parts: list[str] = []
    begun = ""
    for sentence in SENTENCE.findall(text):
        begun = f"{begun} {sentence.strip()}".strip()
        if not begun.endswith("?"):
            continue
        if parts and len(content_words(begun, language)) < FEWEST_WORDS:
            parts[-1] = f"{parts[-1]} {begun}"
        else:
            parts.append(begun)
        begun = ""
    if begun and parts:
        parts[-1] = f"{parts[-1]} {begun}"
    whole = len(parts) < 2 or len(parts) > MOST_PARTS
    return (text,) if whole or len(content_words(parts[0], language)) < FEWEST_WORDS else tuple(parts)


def together(parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer to all parts: what was answered under its question, and which questions were not."""
    first, last = answers[0], answers[-1]
    answered = [one for one in zip(parts, answers, strict=True) if one[1].outcome == Outcome.ANSWERED]
    if not answered:
        return first
    texts: list[str] = []
    citations: list[Citation] = []
    for part, answer in answered:
        texts.append(f"**{_on_one_line(part)}**\n\n{renumbered(answer.text, len(citations))}")
        citations += [replace(one, number=one.number + len(citations)) for one in answer.citations]
    unanswered = [one for one in zip(parts, answers, strict=True) if one[1].outcome != Outcome.ANSWERED]
    texts += [say("part_declined", first.language, question=_on_one_line(part)) for part, _ in unanswered]
    options = next((answer.options for _, answer in unanswered if answer.outcome == Outcome.DECLINED), ())
    return replace(
        answered[0][1],
        text="\n\n".join(texts),
        citations=tuple(citations),
        options=options,
        route=_route_of([answer.route for answer in answers if answer.route]),
        state=last.state,
    )


def renumbered(text: str, by: int) -> str:
    return MARK.sub(lambda found: f"[{int(found[1]) + by}]", text)


def _on_one_line(part: str) -> str:
    return re.sub(r"[\s*_`]+", " ", part).strip()


def _route_of(routes: Sequence[Route]) -> Route:
    """What led to all of them: the searches one after another."""
    answered = next((route for route in routes if route.kind == "extract"), routes[0])
    return replace(
        answered,
        query=" | ".join(route.query for route in routes),
        passages=tuple(passage for route in routes for passage in route.passages),
        reasons=("several_questions", *(reason for route in routes for reason in route.reasons)),
        timings=routes[-1].timings,
    )
