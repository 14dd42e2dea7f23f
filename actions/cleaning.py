"""What came from outside, as it may go on: bounded in every direction, and without what nobody can see. Pure.

Invisible characters are how instructions for a model are hidden in data.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

LONGEST_TEXT = 2_000  # characters of one string
MOST_ENTRIES = 100  # of one list or object
MOST_LEVELS = 8
MOST_ALTOGETHER = 20_000  # characters: what a conversation keeps, and a model reads
KEPT = {"\n", "\t", "\u200d"}  # the last one joins emoji
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}


def without_control_characters(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(one for one in text if one in KEPT or unicodedata.category(one) not in HIDDEN)


def clean(data: Any) -> Any:
    """The same data, cut to what is of use."""
    return _Budget(MOST_ALTOGETHER).clean(data, MOST_LEVELS)


class _Budget:
    def __init__(self, left: int) -> None:
        self._left = left

    def clean(self, data: Any, levels: int) -> Any:
        if isinstance(data, str):
            return self._text(data)
        if isinstance(data, Mapping | list) and levels == 0:
            return None
        if isinstance(data, Mapping):
            pairs = list(data.items())[:MOST_ENTRIES]
            return {
                self._text(str(name)[:100]): self.clean(one, levels - 1)
                for name, one in pairs
                if self._left > 0
            }
        if isinstance(data, list):
            return [self.clean(one, levels - 1) for one in data[:MOST_ENTRIES] if self._left > 0]
        self._left -= 8
        return data

    def _text(self, text: str) -> str:
        text = without_control_characters(text[: 2 * LONGEST_TEXT])[: min(LONGEST_TEXT, max(0, self._left))]
        self._left -= len(text) + 2
        return text
