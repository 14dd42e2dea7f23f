"""Card numbers in what customers write: only their last four digits are ever stored, shown or sent on.

In a link they are masked too, whatever stands between their digits there ("4111%201111…", "4111+1111…"):
such a link leads nowhere useful, and a number that is no card's stays as it is.
"""

from __future__ import annotations

import re

from knowledge.cleaning.base import Finding, Rules
from knowledge.cleaning.personal import cards_alone

RULES = Rules(frozenset(["personal"]))
MASKED = "•••• "
WORD = re.compile(r"\S+")
IN_LINKS = re.compile(r"://|www\.|mailto:|\]\(|[?&][\w.-]+=|%[0-9a-f]{2}", re.IGNORECASE)
ESCAPED = re.compile(r"%([0-9a-f]{2})|\+", re.IGNORECASE)
OTHER = "\N{REPLACEMENT CHARACTER}"  # in the place of a letter that is none of ours


def without_cards(text: str) -> str:
    """Where a card number stood, its last four digits: “•••• 1111”, and “••••1111” in a link."""
    text = WORD.sub(lambda word: _of_link(word[0]) if IN_LINKS.search(word[0]) else word[0], text)
    for finding in reversed(cards_alone(text, RULES, in_addresses=True)):
        text = text[: finding.start] + MASKED + _last(finding) + text[finding.end :]
    return text


def _of_link(link: str) -> str:
    """Looked for in what the link says, masked in how it says it."""
    said, places = _said_by(link)
    for finding in reversed(cards_alone(said, RULES, in_addresses=True)):
        start, end = places[finding.start], places[finding.end]
        link = link[:start] + MASKED.strip() + _last(finding) + link[end:]
    return link


def _said_by(link: str) -> tuple[str, list[int]]:
    """With its escapes undone, and where in the link each sign of that begins."""
    said, places, at = "", [], 0
    for escaped in ESCAPED.finditer(link):
        places += [*range(at, escaped.start()), escaped.start()]
        said += link[at : escaped.start()] + _sign(escaped[1])
        at = escaped.end()
    return said + link[at:], [*places, *range(at, len(link) + 1)]


def _sign(code: str | None) -> str:
    if code is None:  # a space
        return " "
    return chr(number) if (number := int(code, 16)) < 128 else OTHER


def _last(finding: Finding) -> str:
    return "".join(filter(str.isdigit, finding.text))[-4:]
