"""A file is attached, not written: words are refused, and told so."""

from __future__ import annotations

from typing import Any

from flows.slots.base import Reading, Said, refused


def read(said: Said) -> Reading:
    return refused("file_wanted")


def find(said: Said) -> Any:
    return None
