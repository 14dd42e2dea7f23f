"""Does a question ask for a price, a time or opening hours, and does a text give them? By patterns, if a
language has them.

"How much" and "how long" are words that the answer never has: it has "€9.90" or "three days".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.stock import read_stock
from knowledge.terms import fold

KINDS = ("price", "time", "hours")


@dataclass(frozen=True)
class Amount:
    """What is asked for. `among` finds the unit ("days") that may stand apart from the number, in a table."""

    kind: str
    words: str  # by which the question asks for it
    names: re.Pattern[str]  # by which a title or a heading promises it
    given: re.Pattern[str]
    among: re.Pattern[str]

    def named_in(self, text: str) -> bool:
        return self.names.search(fold(text)) is not None

    def stands_in(self, text: str) -> bool:
        return self.given.search(fold(text)) is not None

    def stands_in_row(self, text: str) -> bool:
        """The column heads or the line above a table say "in working days", and its cells "3–5"."""
        folded = fold(text)
        return any(character.isdigit() for character in folded) and self.among.search(folded) is not None


def amounts_asked(question: str) -> tuple[Amount, ...]:
    """The kinds of amount that a question asks for, in any language known here."""
    folded = fold(question)
    asked = {kind: _any_of(f"asks_{kind}").findall(folded) for kind in KINDS}
    if asked["hours"]:  # "when are you open" wants no single hour
        asked["time"] = []
    return tuple(
        Amount(kind, " ".join(words), _any_of(f"{kind}_names"), _any_of(kind), _any_of(f"{kind}_units"))
        for kind, words in asked.items()
        if words
    )


@cache
def _any_of(section: str) -> re.Pattern[str]:
    patterns = [line for language in read_stock("amounts") for line in language.get(section, [])]
    # No \b: "€5" begins and "5 €" ends with what is not a letter.
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
