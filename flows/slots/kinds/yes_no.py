"""Yes or no, in many words."""

from __future__ import annotations

import re
from typing import Any

from flows.slots.base import Reading, Said, refused
from flows.slots.tables import longest, patterns

FAR = 120  # characters: the answer stands at the beginning
_LONG = re.compile(r"([a-z])\1{2,}")
Answer = tuple[str, str, str]  # what it is, its words, what follows them


def read(said: Said) -> Reading:
    """What the answer begins with counts, the longest expression of it: "no problem" is a yes."""
    text = _LONG.sub(r"\1", said.folded[:FAR])
    answer = _beginning(text)
    if answer is None:
        return _anywhere(text)
    which, words, rest = answer
    further = _beginning(rest)
    if which == "neither" or (which == "yes" and further and further[0] == "no"):  # "yes but no"
        return refused("ambiguous")
    unsure = patterns("answers", "unsure").fullmatch(words) is not None
    contrary = further is not None and further[0] == "yes" and which == "no"  # "no, it's fine"
    return Reading(which == "yes", sure=not unsure and not contrary)


def find(said: Said) -> Any:
    """Never: a "yes" by itself may answer anything."""
    return None


def _beginning(text: str) -> Answer | None:
    """The answer, behind words that only introduce one."""
    while text:
        for which in ("yes", "no"):
            if patterns("answers", f"{which}_whole").fullmatch(text):
                return which, text, ""
        if found := _begins(text):
            return found
        introduced = patterns("answers", "before").match(text)
        if introduced is None or introduced.end() == 0:
            return None
        text = text[introduced.end() :].strip()
    return None


def _begins(text: str) -> Answer | None:
    found = [(match.end(), which) for which in ("yes", "no", "neither")
             if (match := longest("answers", which).match(text)) and match.end()]  # fmt: skip
    if not found:
        return None
    end, which = max(found)
    return which, text[:end], text[end:].strip()


def _anywhere(text: str) -> Reading:
    """A guess from a word further on: "I would say yes"."""
    found = {which for which in ("yes", "no") for match in patterns("answers", which).finditer(text)
             if len(match[0]) > 1}  # fmt: skip
    return (
        Reading(found == {"yes"}, sure=False)
        if len(found) == 1
        else refused("ambiguous" if found else "not_a_value")
    )
