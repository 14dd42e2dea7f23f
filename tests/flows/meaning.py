"""What words mean, for tests of what is said about it: by the words themselves, or as it is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.graph import Graph
from flows.library import Shelf
from flows.meaning_words import Reason, reasons
from flows.run import Facts
from flows.runner import step
from flows.state import Command, Heard, StartFlow, State
from flows.understanding import How, Meaning

FACTS = Facts(datetime(2026, 11, 28, 10), "en", {"verified": False})


def begun(flow: Graph, *commands: Command) -> tuple[Shelf, State]:
    """Where a conversation stands after these."""
    library, state = Shelf.of(flow), State()
    for command in (StartFlow(flow.key), *commands):
        state = step(library, state, Heard((command,)), FACTS).state
    return library, state


def said(
    library: Shelf, state: State, text: str, commands: Sequence[Command], by: How | None = None
) -> list[Reason]:
    how = tuple([by or How("words")] * len(commands))
    return reasons(Meaning(Heard(tuple(commands)), how, FACTS, text), library, state)
