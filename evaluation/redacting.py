"""What customers asked, without what would tell who they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import redact

SHORTEST_NAME = 3
WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
NAMED = re.compile(
    r"\b(?i:my name is|my name['’]s|i am called|je m['’]appelle|mon nom est)\s+"
    rf"(?P<name>{WORD}(?:\s+{WORD}){{0,2}})"
)
PRESENTED = re.compile(
    rf"\b(?i:i am|i['’]m|this is|je suis|c['’]est|ici)\s+(?P<name>{WORD}(?:\s+{WORD}){{1,2}})"
)


def without_personal(text: str, language: str, name: str) -> str:
    """`name`: the customer's, as far as it is known; with it goes what they call themselves in the text."""
    return redact(text, rules_for([*name.split(), *said_of_oneself(text)]), language)[0]


def said_of_oneself(text: str) -> list[str]:
    """The names in “my name is Ada” or “je suis Ada Lovelace”, word by word. Where nothing says that a name
    comes, one word alone may be anything: “I am German”."""
    found = [*NAMED.finditer(text), *PRESENTED.finditer(text)]
    return [word for match in found for word in match["name"].split()]


def rules_for(names: Iterable[str]) -> Rules:
    """All that is personal, these names among it."""
    known = frozenset(name for name in names if len(name) >= SHORTEST_NAME)
    return Rules(frozenset(["personal"]), personal="redact", names=known)
