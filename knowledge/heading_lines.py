"""Which lines of plain text are headings, though no sign says so. Pure.

Two questions of different strictness: `looks_like_heading` is enough for a preferred place to cut;
`find_headings` is for saying so on a page, where a flattened table or list must not become a row of headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LOOKS_LIKE_HEADING = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]|\d{1,2}[.)]\s)[^|]{2,78}[^\s.,;:!|…]\s*$")
NUMBERED = re.compile(r"\d{1,2}[.)]\s")
# "TOTAL $821.14", "Montant dû : 12,50 €"
AMOUNT = re.compile(r"(?:[$€£¥]\s?\d[\d.,\s]*|\d[\d.,\s]*(?:[$€£¥]|EUR|USD|GBP|CHF|CAD))\s*$")
LABELLED = re.compile(r"\w\s?:\s")  # "Phone: 39 39" says something already
TWO_SENTENCES = re.compile(r"[^\d\W]{2}[.!?][\"'»”)\]]*\s+[A-ZÀ-ÖØ-Þ].*[^?\s]\s*$")
ENDS_SENTENCE = re.compile(r"[.!?…][\"'»”)\]]*\s*$")
MOST_WORDS = 12


def says_an_amount(text: str) -> bool:
    """What ends with a sum of money says something, and heads only what really stands below it."""
    return AMOUNT.search(text) is not None


def looks_like_heading(text: str, before: str) -> bool:
    """Short, starting like a title, ending like one, and not the tail of a wrapped sentence."""
    if before and before.rstrip()[-1:] not in ".!?…:;)" or says_an_amount(text):
        return False
    return len(text.split()) <= MOST_WORDS and LOOKS_LIKE_HEADING.match(text.strip()) is not None


def find_headings(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that are headings: each opens running text, and none continues a list."""
    found: set[int] = set()
    for at in range(len(lines) - 1, -1, -1):  # from the end: a part's heading may open another heading
        if _could_be(lines, at) and _opens_text(lines, at, found):
            found.add(at)
    return found


def _could_be(lines: Sequence[str], at: int) -> bool:
    text, before = lines[at].strip(), lines[at - 1] if at else ""
    if not looks_like_heading(text, before) or LABELLED.search(text):
        return False
    if NUMBERED.match(text) and before:  # an item of a list
        return False
    return not TWO_SENTENCES.search(text) and _follows_text(lines, at)


def _follows_text(lines: Sequence[str], at: int) -> bool:
    """What stands above is over; only the first line of a paragraph with text in it need not care."""
    above = next((line for line in reversed(lines[:at]) if line), "")
    if not above or ENDS_SENTENCE.search(above):
        return True
    first_of_paragraph = not lines[at - 1] and at + 1 < len(lines) and bool(lines[at + 1])
    return first_of_paragraph and not above.endswith((":", ";", ","))


def _opens_text(lines: Sequence[str], at: int, found: set[int]) -> bool:
    below = next((other for other in range(at + 1, len(lines)) if lines[other]), None)
    if below is None:
        return False
    if below in found:  # the title of a part; at the top of the text it is the article's own
        return any(lines[:at])
    text = lines[below]
    if text[0].islower():  # goes on with the sentence
        return False
    return ENDS_SENTENCE.search(text) is not None or text.endswith(":") or len(text.split()) > MOST_WORDS
