"""Whether the customer asks for a person, read from the customer's words and never from generated text.

A request names a person *and* a way to reach one, and says little else before it: "is it illegal to talk to
someone while driving" does not ask for anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.smalltalk import set_aside
from assistant.stock import any_of, folded, read_stock

CLAUSE_END = re.compile(r"[.,;:!?…\n]+")
POLITE_END = re.compile(
    r"(?: (?:please|pls|svp|stp|s il (?:vous|te) plait|thanks|thank you|merci(?: d avance)?))+$"
)


@dataclass(frozen=True)
class Phrases:
    """How one language asks. `before` and `after`: the words that may stand around the request."""

    request: re.Pattern[str]
    whole: re.Pattern[str]
    before: frozenset[str]
    after: frozenset[str]

    def ask(self, words: str) -> bool:
        return any(self._stands_alone(match) for match in self.request.finditer(words))

    def _stands_alone(self, match: re.Match[str]) -> bool:
        before = match.string[: match.start()].split()
        after = match.string[match.end() :].split()
        return self.before.issuperset(before) and self.after.issuperset(after[:1])


def _phrases(sections: dict[str, list[str]]) -> Phrases:
    before, after = (frozenset(" ".join(sections[name]).split()) for name in ("before", "after"))
    return Phrases(any_of(sections["request"]), any_of(sections["whole"]), before, after)


LANGUAGES = [_phrases(sections) for sections in read_stock("handoff")]


def asks_for_a_person(text: str) -> bool:
    """True for "can I speak to an agent?", "Passez-moi un conseiller", "I don't want to talk to a bot"."""
    clauses = [text, *filter(str.strip, CLAUSE_END.split(text))]
    if any(_is_call(clause) for clause in (text, clauses[-1])):
        return True
    return any(language.ask(_request_in(clause)) for clause in clauses for language in LANGUAGES)


def _is_call(clause: str) -> bool:
    """Nothing but a word or two: "agent!", "un humain svp"."""
    return any(language.whole.fullmatch(_request_in(clause)) for language in LANGUAGES)


def _request_in(clause: str) -> str:
    _, words = set_aside(folded(clause))
    return POLITE_END.sub("", words)
