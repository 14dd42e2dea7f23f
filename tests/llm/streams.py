"""Collect a stream, and what became of it."""

from dataclasses import dataclass, field

from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.streaming import ChatMessage, Finished, TextDelta, stream_chat

QUESTION = [ChatMessage("user", "How long do refunds take?")]


@dataclass
class Outcome:
    pieces: list[str] = field(default_factory=list)
    finished: Finished | None = None
    error: ModelError | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def end(self) -> str:
        """The finish reason, or the code of the failure."""
        return self.error.code if self.error else (self.finished.reason if self.finished else "nothing")


async def outcome_of(model: ChatModel, *, budget: float = 10.0) -> Outcome:
    outcome = Outcome()
    try:
        async for event in stream_chat(QUESTION, model=model, budget=budget):
            assert outcome.finished is None, "nothing comes after Finished"
            if isinstance(event, TextDelta):
                outcome.pieces.append(event.text)
            else:
                outcome.finished = event
    except ModelError as error:
        outcome.error = error
    return outcome
