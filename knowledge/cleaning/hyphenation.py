"""Words that a line end has broken in two, whole again. Pure.

"infor-\\nmation" becomes one word; "porte-\\nmonnaie" keeps its hyphen. Which is which is read from the
rest of the text, then from what is known of a language, and a soft hyphen says it itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.dictionary import knows
from knowledge.cleaning.prose import kept_spans, substitute
from knowledge.language import detect_language

# The half before, a hyphen at a line's end, the half after, what clings to it, and whether its line ends.
BROKEN = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{1,40})([-\u00ad\u2010])([ \t]*\r?\n[ \t]*)([^\W\d_]{1,40})(\S*)[ \t]*(?=(\r?\n"
    r"|\Z)?)"
)
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# First halves that keep their hyphen, where both readings are words or a dictionary is missing.
KEEPS = frozenset([
    *("self", "well", "non", "ex", "all", "high", "low", "long", "short", "half", "cross", "vice", "semi"),
    *("anti", "demi", "mi", "sous", "porte", "peut", "rendez", "celui", "celle", "ceux", "celles", "après"),
    *("avant", "arrière", "au", "ci", "là", "par", "quelques", "vous", "nous", "lui", "elle", "eux", "soi"),
    *("moi", "toi", "est", "sont", "a"),
])  # fmt: skip
SUSPENDED = frozenset(["and", "or", "to", "et", "ou", "und", "oder", "y", "o", "e"])  # "pre- and post-"


def join_hyphenated(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    if not BROKEN.search(draft.body):
        return draft, 0
    language = draft.language or detect_language(draft.body[:2000], rules.languages, "")
    body, joined = join(draft.body, language)
    return replace(draft, body=body), joined


def join(text: str, language: str) -> tuple[str, int]:
    vocabulary = {word.casefold() for word in WORD.findall(BROKEN.sub(" ", text))}

    def one(match: re.Match[str]) -> str:
        first, mark, line_end, second, rest, last = match.groups()
        hyphen = "" if mark == "\u00ad" else _hyphen(match, vocabulary, language)
        if hyphen is None:
            return match.group()
        # What follows the word stays on a line of its own: lines may mean something.
        return f"{first}{hyphen}{second}{rest}{'' if last is not None else line_end}"

    return substitute(BROKEN, one, text, kept_spans(text))


def _hyphen(match: re.Match[str], vocabulary: set[str], language: str) -> str | None:
    """A hyphen or nothing between the halves; None when they are not halves of one word."""
    first, second = match[1].casefold(), match[4].casefold()
    if f"{first}-{second}" in vocabulary:
        return "-"
    if not match[4].islower():
        return None
    in_chain = match.string[match.start() - 1 : match.start()] == "-"
    if in_chain or match[5].startswith("-") or len(first) == 1:
        return "-"
    if second in SUSPENDED:
        return None
    if first + second in vocabulary:
        return ""
    return _by_language(first, second, lambda word: knows(language, word))


def _by_language(first: str, second: str, is_word: Callable[[str], bool]) -> str:
    if first in KEEPS and not is_word(first + second):
        return "-"
    both = is_word(first) and is_word(second)
    return "-" if both and not is_word(first + second) else ""
