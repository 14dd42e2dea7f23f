"""A file that somebody sends, written where a reading process can look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from untrusted.base import Refusal

BLOCK = 65_536


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def write_down(stream: Stream, path: Path, *, most: int) -> None:
    """Counted while it comes, whatever length was said. `most` is in bytes. Raises Refusal "too_large" or
    "empty"."""
    size = 0
    with path.open("wb") as file:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > most:
                raise Refusal("too_large")
            file.write(block)
    if not size:
        raise Refusal("empty")
