"""Whether words stand in an answer, however it is laid out. Pure."""

from __future__ import annotations

import re

BLANK = re.compile(r"\{[^{}]*\}")
FORMATTING = re.compile(r"[*_`\\]")


def stands_in(line: str, answer: str) -> bool:
    """Its words in their order, whatever stands for the blanks between them."""
    text, at = plain(answer), 0
    for part in BLANK.split(line):
        wanted = plain(part)
        found = text.find(wanted, at)
        if found < 0:
            return False
        at = found + len(wanted)
    return True


def plain(text: str) -> str:
    return " ".join(FORMATTING.sub("", text).casefold().replace("’", "'").split())
