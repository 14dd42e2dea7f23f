"""The live protocol: every command and event between a client and the server, in one place.

The same shapes travel over WebSocket and, later, SSE and the API. `json_schema()` is the public schema.
A client that reconnects sends `resume` with the last `seq` it saw and gets exactly what it missed; what lies
before the messages it shows it asks for with `earlier`.
"""

from typing import Any

from conversations.protocol.commands import (
    Choose,
    Command,
    Earlier,
    Form,
    Human,
    Introduce,
    Look,
    Ping,
    Rate,
    RateConversation,
    Resume,
    Retry,
    Say,
    Stop,
    Typing,
    command_adapter,
)
from conversations.protocol.events import Event, event_adapter

__all__ = [
    "Choose",
    "Command",
    "Earlier",
    "Event",
    "Form",
    "Human",
    "Introduce",
    "Look",
    "Ping",
    "Rate",
    "RateConversation",
    "Resume",
    "Retry",
    "Say",
    "Stop",
    "Typing",
    "command_adapter",
    "event_adapter",
    "json_schema",
]


def json_schema() -> dict[str, Any]:
    """JSON Schema of both directions."""
    return {"commands": command_adapter.json_schema(), "events": event_adapter.json_schema()}
