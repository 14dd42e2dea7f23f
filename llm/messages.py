"""What is said to a model, and the request that carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .choosing import ChatModel


@dataclass(frozen=True, slots=True)
class ChatMessage:
    role: Literal["system", "user", "assistant"]
    content: str


def request_for(
    messages: Sequence[ChatMessage], *, model: ChatModel, max_tokens: int, temperature: float, **more: object
) -> dict[str, Any]:
    """The arguments of the SDK's `create`, in the words that OpenAI's own address understands today."""
    return {
        "model": model.name,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "max_completion_tokens": max_tokens,
        "temperature": temperature,
        **more,
    }
