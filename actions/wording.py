"""What people read for the names that programs go by: “Order number” for `order_number`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

BETWEEN = re.compile(r"[_\-.\s]+|(?<=[a-z0-9])(?=[A-Z])")


def in_words(name: str) -> str:
    """The name itself where nothing is left of it."""
    words = " ".join(BETWEEN.sub(" ", name).split())
    return words[:1].upper() + words[1:] if words else name


def called(name: str, labels: Mapping[str, str]) -> str:
    """As staff have written it, else made of the name."""
    return labels.get(name) or in_words(name)


def beside(words: str, name: str) -> str:
    """The technical name, where it says more than the words."""
    return "" if words.casefold() == name.casefold() else name
