"""Read one event of a chat stream: only what a reply needs, tolerant of everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from .errors import ModelError, from_payload
from .gathering import CallPiece, pieces_of


@dataclass(frozen=True, slots=True)
class Delta:
    """`alive`: the model is at work even where `text` is empty, for example thinking."""

    text: str = ""
    alive: bool = False
    reason: str | None = None
    usage: Mapping[str, Any] | None = None
    calls: tuple[CallPiece, ...] = ()


def read_delta(data: bytes) -> Delta:
    """Raise `ModelError` for an error that the server reports here, or for what is not a chat event."""
    try:
        event = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ModelError("garbled", detail=f"not JSON: {data[:80]!r}") from error
    if not isinstance(event, dict):
        raise ModelError("garbled", detail=f"not a chat event: {data[:80]!r}")
    if event.get("error"):
        raise from_payload(event["error"])
    choices = event.get("choices")
    # The usage comes with empty choices, and some servers send such events for other reasons.
    if not choices:
        return Delta(usage=event.get("usage"))
    try:
        return _from_choice(choices[0], event)
    except (AttributeError, KeyError, TypeError) as error:
        raise ModelError("garbled", detail=f"not a chat event: {data[:80]!r}") from error


def _from_choice(choice: Mapping[str, Any], event: Mapping[str, Any]) -> Delta:
    # A server that ignores `stream` sends a whole message in the place of a delta.
    delta = choice.get("delta") or choice.get("message") or {}
    text = delta.get("content") or delta.get("refusal") or ""
    called = delta.get("tool_calls")
    calls = pieces_of(called) if called else ()
    if not isinstance(text, str):  # parts of several kinds, of which this one is not text
        return Delta("", True, choice.get("finish_reason"), event.get("usage"), calls)
    alive = bool(text or called or delta.get("reasoning_content") or delta.get("reasoning"))
    return Delta(text, alive, choice.get("finish_reason"), event.get("usage"), calls)
