"""Servers that call themselves compatible differ in a few words. What one refuses is learned, not configured.

A server that refuses a parameter by name is asked again without it (or with its other name), once per
parameter, and the process remembers. Nothing has been generated then, so this costs no tokens.
"""

from __future__ import annotations

import re
from typing import Any

from .choosing import ChatModel
from .sdk import openai

OPTIONAL = ("temperature", "seed", "stream_options", "response_format", "tool_choice", "tools")
_LIMIT = "max_tokens"
_REFUSAL = re.compile(
    r"unsupported|not support|unknown|unrecogni[sz]ed|unexpected|extra|not permitted|not allowed"
    r"|requires --",
    re.I,
)
# vLLM and llama.cpp name the option of theirs that is missing.
_TOOLS = re.compile(r"\btools\b|tool choice|tool-call", re.I)

_refused: dict[tuple[str | None, str], set[str]] = {}


def spoken(request: dict[str, Any], model: ChatModel) -> dict[str, Any]:
    """`request` in the words that this server is known to accept."""
    refused = _refused.get((model.base_url, model.name), set())
    words = {name: value for name, value in request.items() if name not in refused}
    if "tools" not in words:
        words.pop("tool_choice", None)
    # Local servers know the older name for certain, and some ignore the newer one silently.
    newer = (model.base_url is None) != (_LIMIT in refused)
    if not newer and "max_completion_tokens" in words:
        words[_LIMIT] = words.pop("max_completion_tokens")
    return words


def learn(error: openai.APIStatusError, model: ChatModel) -> bool:
    """Remember the parameter that the server refuses; False when it refuses none that we can do without."""
    refused = _refused.setdefault((model.base_url, model.name), set())
    named = _named_parameter(error) if error.status_code in (400, 422) else None
    if named is None or named in refused:
        return False
    refused.add(named)
    return True


def forget() -> None:
    _refused.clear()


def _named_parameter(error: openai.APIStatusError) -> str | None:
    text = f"{error.param or ''} {error.message}"
    if not _REFUSAL.search(text):
        return None
    if re.search(r"\bmax_(completion_)?tokens\b", text):
        return _LIMIT
    named = (name for name in OPTIONAL if re.search(rf"\b{name}\b", text))
    return next(named, "tools" if _TOOLS.search(text) else None)
