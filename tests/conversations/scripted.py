"""A small real reply; `python -m tests.conversations.scripted_process [permits]` is a responder with it.

The question says what to do: "count 30 at 50" writes thirty numbered words, fifty a second; "think hard"
takes ten seconds first, and "ask a model first" waits for a model so long; "hand over", "crash", "no model",
"offer", "show cards" and "ask back" do what they say; anything else is repeated. Each run is noted in the
file that SCRIPTED_RUNS names, one line per model request, so that tests can hold the cost.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from typing import Any

from assistant.cards import options_of
from assistant.events import (
    Answer,
    Completed,
    Delta,
    HandoffReason,
    Option,
    Outcome,
    Progress,
    ReplyEvent,
    Transcript,
)
from assistant.models import Assistant
from flows.shown_cards import ShownButton, ShownCard
from llm.errors import ModelError
from llm.waiting import waiting

COUNT = re.compile(r"count (\d+) at (\d+)")


def words(count: int) -> str:
    return "".join(f"w{n} " for n in range(1, count + 1))


async def reply(
    assistant: Assistant, transcript: Transcript, state: dict[str, Any]
) -> AsyncIterator[ReplyEvent]:
    question = transcript.said[-1].text
    note(question)
    yield Progress("reading")
    if "think hard" in question:
        await asyncio.sleep(10)
    if "ask a model first" in question:
        with waiting():
            await asyncio.sleep(10)
    if "crash" in question:
        raise RuntimeError("scripted")
    if "no model" in question:
        raise ModelError("unreachable")
    if count := COUNT.search(question):
        async for delta in counting(int(count[1]), int(count[2])):
            yield delta
        if "then break" in question:
            raise ModelError("interrupted")
        text = words(int(count[1]))
    else:
        text = f"You said: {question} ({len(transcript.said)} messages)"
        yield Delta(text)
    yield Completed(answer(question, text, state))


async def counting(count: int, pace: int) -> AsyncIterator[Delta]:
    loop = asyncio.get_running_loop()
    due = loop.time()
    for n in range(1, count + 1):
        yield Delta(f"w{n} ")
        due += 1 / pace
        await asyncio.sleep(max(0.0, due - loop.time()))


def answer(question: str, text: str, state: dict[str, Any]) -> Answer:
    turns = {"turns": state.get("turns", 0) + 1}
    if "hand over" in question:
        return Answer(
            text, Outcome.HANDOFF, "en", handoff_reason=HandoffReason.MISSING_KNOWLEDGE, state=turns
        )
    options: tuple[Option, ...] = ()
    if "offer" in question:
        options = (Option("Yes", "Yes, please"), Option("No", "No, thanks"))
    cards = shown(question) if "show cards" in question else ()
    options += options_of(cards)
    outcome = Outcome.ASKED_BACK if "ask back" in question else Outcome.ANSWERED
    return Answer(text, outcome, "en", options=options, state=turns, cards=cards)


def shown(question: str) -> tuple[ShownCard, ...]:
    look = ShownButton("Look", link="https://shop.example/lamps?q=%3Cb%3E")
    card = ShownCard(question, "One line\n<b>**another**</b>", (look, ShownButton("Yes", says="Yes, please")))
    return (card, ShownCard("Sol", buttons=(ShownButton("Take it", says="I take Sol"),)))


def note(question: str) -> None:
    if path := os.environ.get("SCRIPTED_RUNS"):
        with open(path, "a") as file:
            file.write(question.replace("\n", " ") + "\n")
