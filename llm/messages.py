"""What is said to a model, and the request that carries it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .choosing import ChatModel


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What a model wants called. `arguments` are its own letters: JSON, or not."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Tool:
    """What a model may call; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """`calls` are those of an assistant; `answers` names the call to which a tool's message belongs."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


def request_for(
    messages: Sequence[ChatMessage],
    *,
    model: ChatModel,
    max_tokens: int,
    temperature: float,
    tools: Sequence[Tool] = (),
    **more: object,
) -> dict[str, Any]:
    """The arguments of the SDK's `create`, in the words that OpenAI's own address understands today."""
    return {
        "model": model.name,
        "messages": [_message(message) for message in messages],
        "max_completion_tokens": max_tokens,
        "temperature": temperature,
        **({"tools": [_tool(tool) for tool in tools]} if tools else {}),
        **more,
    }


def _message(message: ChatMessage) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.answers, "content": message.content}
    if not message.calls:
        return {"role": message.role, "content": message.content}
    calls = [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in message.calls
    ]
    return {"role": message.role, "content": message.content or None, "tool_calls": calls}


def _tool(tool: Tool) -> dict[str, Any]:
    about = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": about}
