"""Large events in frames of bounded size, so that no frame fills a proxy's or a slow reader's buffer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

FRAME = 16 * 1024  # bytes of messages; a larger message has a frame of its own

Event = dict[str, Any]


def in_frames(event: Event) -> Iterator[Event]:
    """The event, preceded by as many `messages.part` as its messages need."""
    part: list[Event] = []
    size = 0
    for message in event["messages"]:
        size += len(orjson.dumps(message))
        if part and size > FRAME:
            yield {"type": "messages.part", "messages": part}
            part, size = [], len(orjson.dumps(message))
        part.append(message)
    yield {**event, "messages": part}
