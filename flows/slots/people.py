"""A person's name, where one is asked for, without what is said around it: "My name is Bob Stone, bob@…"."""

from __future__ import annotations

import re
from functools import cache

from flows.slot import Slot
from flows.slots.tables import sections_of

# An address or a number to call says something else.
OTHER = re.compile(r"[\s,;:(<–-]*(?:\S+@\S+|\+?\d[\d .()/-]{6,}).*", re.DOTALL)
EDGES = " \t\n,;.:!–-"
LONGEST = 5  # words of a name that is introduced


def asks_a_name(slot: Slot) -> bool:
    """By what the slot is called: there is no kind for it, since any words may be a name."""
    return any(_all_of("called").fullmatch(label.strip()) for label in slot.label.values())


def name_in(text: str) -> str:
    """All of it where nothing would be left."""
    kept = _without_openings(OTHER.sub("", text).strip(EDGES))
    if found := re.search(rf"[\s,;]+{_all_of('behind').pattern}$", kept, re.IGNORECASE | re.DOTALL):
        kept = kept[: found.start()].strip(EDGES)
    return kept or text


def introduced(text: str) -> str:
    """The name that words say to be one: "I am Bob Stone"; "" where they do not, or say something else."""
    name = name_in(text)
    told = name != text.strip(EDGES) and _without_openings(text.strip(EDGES)) != text.strip(EDGES)
    words = name.split()
    about = re.search(rf"(?:^|\s){_all_of('elsewhere').pattern}$", name, re.IGNORECASE)
    return name if told and len(words) <= LONGEST and not about and name != text else ""


def may_be_a_name(text: str) -> bool:
    """Of words that stand alone: "bob stone", and not "not now" or "leave me alone"."""
    few = len(text.split()) <= 2 or not text[:1].islower()
    return few and re.search(rf"(?<!\w){_all_of('never').pattern}", text, re.IGNORECASE) is None


def _without_openings(text: str) -> str:
    while found := _opening(text):
        text = text[found:].strip(EDGES)
    return text


def _opening(text: str) -> int:
    """Where what introduces a name ends; 0 where nothing does, or nothing would be left."""
    for section in ("before", "weak"):
        if found := _all_of(section).match(text):
            rest = text[found.end() :].strip(EDGES)
            if rest and (section == "before" or rest[0].isupper()):
                return found.end()
    return 0


@cache
def _all_of(section: str) -> re.Pattern[str]:
    """In any language: people write in another one than they were asked in."""
    lines = sorted(sections_of("names", section), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(lines)})(?![\w’'])", re.IGNORECASE)
