"""Courtesies: a message of nothing else is answered in kind; in front of a question they are set aside."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.stock import any_of, folded, read_stock


class Courtesy(StrEnum):
    """From the one that decides to the one that yields: "hello, are you a robot?" asks for a robot."""

    BOT = "bot"
    WHO = "who"
    BYE = "bye"
    THANKS = "thanks"
    HOW_ARE_YOU = "how_are_you"
    GREETING = "greeting"
    FINE = "fine"


def _pattern(section: str) -> re.Pattern[str]:
    return any_of([phrase for language in read_stock("courtesies") for phrase in language[section]])


PATTERNS = {courtesy: _pattern(courtesy) for courtesy in Courtesy}
FILLERS = _pattern("filler")


def courtesy_of(text: str) -> Courtesy | None:
    """What a message of nothing but courtesies is about; None as soon as it says anything else."""
    found, rest = set_aside(folded(text))
    if rest or not found:
        return None
    return min(found, key=list(Courtesy).index)


def set_aside(words: str) -> tuple[set[Courtesy], str]:
    """The courtesies at the beginning of folded words, and what is left of these."""
    found: set[Courtesy] = set()
    while words:
        courtesy, end = _longest(words)
        if not end:
            break
        if courtesy:
            found.add(courtesy)
        words = words[end:].lstrip()
    return found, words


def _longest(words: str) -> tuple[Courtesy | None, int]:
    tried = [(courtesy, pattern.match(words)) for courtesy, pattern in [*PATTERNS.items(), (None, FILLERS)]]
    ends = [(match.end(), courtesy) for courtesy, match in tried if match]
    end, courtesy = max(ends, key=lambda one: one[0], default=(0, None))
    return courtesy, end
