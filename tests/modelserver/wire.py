"""The bytes of the protocol, built before the stream starts so that a token costs one write."""

import re
import time
from functools import lru_cache
from typing import Any

import orjson

from .rules import Rule

DONE = b"data: [DONE]\n\n"
_LETTERS = bytes.maketrans(b"0123456789", b"abcdefghij")
_DIGITS = str.maketrans("abcdefghij", "0123456789")
_TOKEN = re.compile(r"\s*\S+|\s+\Z")


def event(payload: object) -> bytes:
    return b"data: " + orjson.dumps(payload) + b"\n\n"


def chunk(model: str, delta: dict[str, Any], finish: str | None = None) -> bytes:
    return event(_chunk(model, [{"index": 0, "delta": delta, "finish_reason": finish}]))


def usage_chunk(model: str, usage: dict[str, int]) -> bytes:
    return event({**_chunk(model, []), "usage": usage})


@lru_cache(maxsize=4096)
def text_chunk(model: str, text: str) -> bytes:
    return chunk(model, {"content": text})


def stampable_chunk(model: str) -> bytes:
    return text_chunk(model, "@time@ ")


def stamped(frame: bytes) -> bytes:
    """The token's text becomes the time of writing, in letters: an answer's unknown numbers are not shown."""
    microseconds = b"%d" % (time.time() * 1e6)
    return frame.replace(b"@time@", microseconds.translate(_LETTERS))


def time_of(token: str) -> float | None:
    """When a stamped token was written, in seconds since the epoch; None for any other word."""
    digits = token.strip().translate(_DIGITS)
    return int(digits) / 1e6 if len(digits) == 16 and digits.isdecimal() else None


def tool_chunks(
    model: str, calls: list[dict[str, Any]], *, pieces: int = 1, indexed: bool = True
) -> list[bytes]:
    """All calls in one event, or one after the other, the arguments of each in so many pieces."""
    numbered = [{"index": number if indexed else 0, **call} for number, call in enumerate(wired(calls))]
    if pieces == 1:
        return [chunk(model, {"tool_calls": numbered})] if numbered else []
    return [chunk(model, {"tool_calls": [part]}) for call in numbered for part in _parts(call, pieces)]


def _parts(call: dict[str, Any], pieces: int) -> list[dict[str, Any]]:
    """The first holds the id and the name, as OpenAI sends them; the others only letters."""
    letters = call["function"]["arguments"]
    size = -(-len(letters) // pieces) or 1
    cut = [letters[at : at + size] for at in range(0, len(letters), size)]
    first = {**call, "function": {"name": call["function"]["name"], "arguments": ""}}
    return [first, *({"index": call["index"], "function": {"arguments": part}} for part in cut)]


def wired(calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": call.get("id", f"call_{number}"),
            "type": "function",
            "function": {"name": call["name"], "arguments": _letters(call["arguments"])},
        }
        for number, call in enumerate(calls)
    ]


def _letters(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()


def tokens_of(text: str) -> list[str]:
    """Words with the space before them: concatenated they are the text again."""
    return _TOKEN.findall(text)


def completion(
    model: str,
    text: str,
    calls: list[dict[str, Any]],
    finish: str,
    usage: dict[str, int],
) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text or None}
    if calls:
        message["tool_calls"] = wired(calls)
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": choices,
        "usage": usage,
    }


def error_body(message: str, kind: str, code: str | None = None, param: str = "") -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "code": code, "param": param}}


def tokens_for(rule: Rule, text: str) -> list[str]:
    return [f"word{number} " for number in range(rule.count)] + tokens_of(text)


def _chunk(model: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": model,
        "choices": choices,
    }
