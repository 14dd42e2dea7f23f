"""What of a model's words is shown while they arrive: plain words at once, facts only once they are checked.

A number that stands in no passage, a link, a citation that does not exist: none of these is shown for even a
moment. What remains wrong is taken out when the whole answer is checked (citations.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import CONTROL, MARK, numbers_in
from assistant.evidence import Evidence, facts_in

PLAIN = re.compile(r"[^\d\[\]【】!@:/]*")
ENDS = re.compile(r"[.!?…\n]")
RISKY_WORD = re.compile(r"\S*[\d@/:]\S*")
LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*\d{1,3}[.)]$")
LONGEST_MARK = 40


class Gate:
    """Feed it the model's words; it returns those that may be shown. Call `rest()` at the end."""

    def __init__(self, evidence: Sequence[Evidence], question: str = "") -> None:
        self._most = len(evidence)
        self._facts = set().union(facts_in(question), *(one.facts for one in evidence))
        self._numbering: dict[int, int] = {}
        self._held = ""
        self._line = ""  # what the current line begins with, to tell "2." of a list from a number
        self._muted = False

    def feed(self, text: str) -> str:
        self._held += text
        ready = self._ready()
        done, self._held = self._held[:ready], self._held[ready:]
        if not self._muted and PLAIN.fullmatch(done):
            self._remember(done)
            return done
        return self._released(done)

    def rest(self) -> str:
        done, self._held = self._held, ""
        return self._released(done)

    def _ready(self) -> int:
        """How much of what is held can be judged: up to an open bracket or the last, unfinished word."""
        opened = max(self._held.rfind("["), self._held.rfind("【"))
        closed = max(self._held.rfind("]"), self._held.rfind("】"))
        if opened > closed and len(self._held) - opened <= LONGEST_MARK:
            return len(self._held[:opened].rstrip(" "))
        # A space is held with the word that it begins: a citation brings its own.
        last = re.search(r"\s*\S+$", self._held)
        return last.start() if last else len(self._held)

    def _released(self, text: str) -> str:
        text = MARK.sub(self._renumbered, CONTROL.sub("", text))
        shown = ""
        for part in re.findall(r"\s+|\S+", text):
            judged = self._judged(part)
            self._remember(judged)
            shown += judged
        return shown

    def _renumbered(self, found: re.Match[str]) -> str:
        numbers = numbers_in(found[1], self._most)
        marks = [self._numbering.setdefault(number, len(self._numbering) + 1) for number in numbers]
        before = found.string[: found.start()] or self._line
        gap = "" if not before or before[-1].isspace() else " "
        return gap + "".join(f"\x00{mark}\x01" for mark in marks) if marks else ""

    def _judged(self, part: str) -> str:
        """A part as it may be shown; after a fact nobody has stated, silence until the sentence ends."""
        bare = re.sub(r"\x00\d+\x01", "", part)
        if self._muted:
            self._muted = not ENDS.search(bare)
            return "\n" if "\n" in part else ""
        if RISKY_WORD.fullmatch(bare) and not self._is_known(bare):
            self._muted = not ENDS.search(bare[-1])
            return ""
        return part.replace("\x00", "[").replace("\x01", "]")

    def _is_known(self, word: str) -> bool:
        if LIST_NUMBER.search(f"{self._line}{word}") and not self._line.strip():
            return True
        return facts_in(word) <= self._facts and not word.startswith("![")

    def _remember(self, shown: str) -> None:
        self._line = (self._line + shown).rpartition("\n")[2][-200:]
