"""A person's name, where one is asked for, without what is said around it: "My name is Bob Stone, bob@…"."""

from __future__ import annotations

import re
from functools import cache

from flows.slot import Slot
from flows.slots.tables import sections_of

# An address, a number to call or a second line say something else.
OTHER = re.compile(r"[\s,;:(<–-]*(?:\S+@\S+|\+?\d[\d .()/-]{6,}|\n).*", re.DOTALL)
EDGES = " \t\n,;.:!–-"


def asks_a_name(slot: Slot) -> bool:
    """By what the slot is called: there is no kind for it, since any words may be a name."""
    return any(_all_of("called").fullmatch(label.strip()) for label in slot.label.values())


def name_in(text: str) -> str:
    """All of it where nothing would be left."""
    kept = OTHER.sub("", text).strip(EDGES)
    before, behind = _all_of("before"), _all_of("behind")
    while found := before.match(kept):
        kept = kept[found.end() :].strip(EDGES)
    if found := re.search(rf"[\s,;]+{behind.pattern}$", kept, re.IGNORECASE | re.DOTALL):
        kept = kept[: found.start()].strip(EDGES)
    return kept or text


def introduced(text: str) -> str:
    """The name that words say to be one: "I am Bob Stone"; "" where they do not."""
    return name_in(text) if _all_of("before").match(text.strip(EDGES)) else ""


@cache
def _all_of(section: str) -> re.Pattern[str]:
    """In any language: people write in another one than they were asked in."""
    lines = sorted(sections_of("names", section), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(lines)})(?![\w’'])", re.IGNORECASE)
