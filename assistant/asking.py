"""Ask an assistant something outside of any conversation: the command, the playground and benchmarks do."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.events import Answer, Completed, Delta, Said, Transcript
from assistant.models import Assistant
from assistant.reply import reply, suggested
from assistant.situation import Trial
from flows.state import Acted, Do
from llm.clients import own_loop
from llm.errors import ModelError

ROLES: dict[str, Literal["customer", "assistant", "person"]] = {
    "customer": "customer",
    "user": "customer",
    "assistant": "assistant",
    "agent": "assistant",
    "person": "person",
}


@dataclass(frozen=True)
class Asked:
    """An answer and how long it took: milliseconds to the first word and to the end."""

    answer: Answer
    first_word: float
    total: float

    def as_json(self) -> dict[str, Any]:
        answer, route = self.answer, self.answer.route
        return {
            "answer": answer.said,
            "outcome": str(answer.outcome),
            "language": answer.language,
            "handoff_reason": str(answer.handoff_reason) if answer.handoff_reason else None,
            "citations": [asdict(citation) for citation in answer.citations],
            "options": [option.label for option in answer.options],
            "route": asdict(route) if route else None,
            "timings": {"first_word": round(self.first_word, 1), "total": round(self.total, 1)},
        }


def ask(
    assistant: Assistant,
    question: str,
    history: tuple[Said, ...] = (),
    *,
    language: str = "",
    audience: str = "everyone",
) -> Asked:
    """Run one reply from beginning to end. Raises `ModelError` when the model fails in mid-answer."""
    page = language or (assistant.languages[0] if assistant.languages else "en")
    transcript = Transcript((*history, Said("customer", question)), page, audience)
    return _run(assistant, transcript, {})


def reply_to(
    assistant: Assistant,
    transcript: Transcript,
    state: dict[str, Any],
    *,
    acting: Callable[[Do], Acted] | None = None,
    trial: Trial | None = None,
) -> Asked:
    """The next reply of a conversation, as `ask` runs it. With `acting` no action is done: it says what each
    would have brought. `trial` stands in the place of the flows that customers get."""
    return _run(assistant, transcript, state, acting, trial)


def suggest_to(
    assistant: Assistant, transcript: Transcript, state: dict[str, Any], *, seconds: float
) -> Answer | None:
    """What a person could answer, from the knowledge alone. Raises ModelError, also after so many seconds."""
    try:
        with own_loop() as runner:
            return runner.run(asyncio.wait_for(suggested(assistant, transcript, state), seconds))
    except TimeoutError:
        raise ModelError("over_budget") from None


def _run(
    assistant: Assistant,
    transcript: Transcript,
    state: dict[str, Any],
    acting: Callable[[Do], Acted] | None = None,
    trial: Trial | None = None,
) -> Asked:
    with own_loop() as runner:
        return runner.run(_collect(assistant, transcript, state, acting, trial))


async def _collect(
    assistant: Assistant,
    transcript: Transcript,
    state: dict[str, Any],
    acting: Callable[[Do], Acted] | None,
    trial: Trial | None,
) -> Asked:
    started = time.perf_counter()
    first_word: float | None = None

    async def pretend(wanted: Do) -> Acted:
        assert acting is not None
        return acting(wanted)

    replied = reply(assistant, transcript, state, acting=pretend if acting else None, trial=trial)
    async with aclosing(replied) as events:
        async for event in events:
            now = (time.perf_counter() - started) * 1000
            if isinstance(event, Delta) and first_word is None:
                first_word = now
            if isinstance(event, Completed):
                return Asked(event.answer, first_word if first_word is not None else now, now)
    raise RuntimeError("a reply always ends with Completed")


def read_history(text: str) -> tuple[Said, ...]:
    """A conversation from JSON: `[{"role": "user" | "assistant" | …, "text": "…"}, …]`, oldest first.

    Raises ValueError, which says what is wrong with it.
    """
    try:
        return history_from(json.loads(text))
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error


def history_from(turns: Any) -> tuple[Said, ...]:
    if not isinstance(turns, list):
        raise ValueError("a history is a list of turns")
    return tuple(_said(number, turn) for number, turn in enumerate(turns, 1))


def _said(number: int, turn: Any) -> Said:
    if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
        raise ValueError(f'turn {number}: {{"role": …, "text": …}} is expected')
    role = ROLES.get(str(turn.get("role")))
    if role is None:
        raise ValueError(f"turn {number}: the role is one of {', '.join(ROLES)}")
    return Said(role, turn["text"], outcome=str(turn.get("outcome", "")))
