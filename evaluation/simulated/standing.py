"""What a simulated customer sees of an answer. Which slot is asked for is read from the engine: whether
people understand its question is for people to say; what is tried here is whether the goal is reached."""

from __future__ import annotations

from assistant.events import Answer, Outcome
from evaluation.simulated.player import Seen
from flows.form_steps import asked_in_words
from flows.library import Library
from flows.state import State


def seen(answer: Answer, library: Library, *, reached: bool) -> Seen:
    state = State.from_json(answer.state.get("flow"))
    frame = state.top
    flow = library.flow(frame.flow, frame.version) if frame else None
    node = flow.node(frame.node) if flow and frame else None
    asked = asked_in_words(flow, node, frame) if flow and frame else ""
    is_form = answer.asks.get("kind") == "form"
    return Seen(
        asked=asked or "",
        waits="form" if is_form else frame.waiting if frame else "",
        fields=tuple(one["name"] for one in answer.asks.get("fields", ())) if is_form else (),
        options=tuple(option.text for option in answer.options),
        handed_over=answer.outcome is Outcome.HANDOFF,
        reached=reached,
    )
