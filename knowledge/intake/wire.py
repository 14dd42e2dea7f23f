"""What the reading process tells the one that asked it: one JSON object on each line. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from knowledge.loaders.base import Conversation, Found, Place, Record, Refused, Said

KINDS: dict[str, type[Record] | type[Conversation] | type[Refused]] = {
    "record": Record,
    "conversation": Conversation,
    "refused": Refused,
}


def pack(found: Found) -> bytes:
    """Raises ValueError when it holds what JSON cannot say (a lone surrogate)."""
    name = next(name for name, kind in KINDS.items() if isinstance(found, kind))
    return orjson.dumps({name: asdict(found)}, option=orjson.OPT_NON_STR_KEYS, default=str)


def unpack(message: dict[str, Any]) -> Found | None:
    """What was found, None when the message says something else."""
    for name, kind in KINDS.items():
        if name in message:
            values = message[name]
            values["place"] = Place(**values["place"])
            if kind is Conversation:
                values["messages"] = tuple(Said(**said) for said in values["messages"])
                values["tags"] = tuple(values["tags"])
            return kind(**values)
    return None
